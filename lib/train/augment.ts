/** What training does to a batch before the model sees it: shifts in time, and modalities that really go missing. */
import type { Batch } from "../data/gather-batch";
import type { Random } from "../random";

/**
 * Removes modalities in place: values, validity and presence become 0. At least one that was present remains.
 *
 * @param rate chance for each present modality of each window
 */
export function dropModalities(batch: Batch, names: readonly string[], rate: number, random: Random): void {
  if (rate === 0) return;
  const presence = batch.inputs["presence"]!.values; // [window, modality]
  for (let window = 0; window < presence.length / names.length; window++) {
    const present = names.flatMap((_, m) => (presence[window * names.length + m] ? [m] : []));
    if (present.length === 0) continue;
    const dropped = present.filter(() => random.uniform() < rate);
    if (dropped.length === present.length) dropped.splice(random.integer(present.length), 1);
    for (const modality of dropped) remove(batch, names, window, modality);
  }
}

/** An absent modality leaves nothing behind. */
export function remove(batch: Batch, names: readonly string[], window: number, modality: number): void {
  const name = names[modality]!;
  for (const part of ["values", "validity"] as const) {
    const { shape, values } = batch.inputs[`${name}_${part}`]!;
    const size = values.length / shape[0]!;
    values.fill(0, window * size, (window + 1) * size);
  }
  batch.inputs["presence"]!.values[window * names.length + modality] = 0;
}

/**
 * Shifts each window of each sequence in time, all modalities of a window together, by up to `share` of its length.
 * No sample from outside the window is used, so a shift cannot reach into another fold.
 */
export function shiftInTime(batch: Batch, names: readonly string[], share: number, random: Random): void {
  if (share === 0) return;
  const windows = batch.targets.shape[0]!;
  for (let window = 0; window < windows; window++) {
    const by = (2 * random.uniform() - 1) * share;
    for (const name of names) {
      const [values, validity] = [batch.inputs[`${name}_values`]!, batch.inputs[`${name}_validity`]!];
      if (values.shape.length !== 3) continue; // a vector has no time
      const [, time, width] = values.shape as [number, number, number];
      const steps = Math.round(by * time);
      shiftRows(values.values.subarray(window * time * width, (window + 1) * time * width), steps * width);
      shiftRows(validity.values.subarray(window * time, (window + 1) * time), steps);
    }
  }
}

function shiftRows(rows: Float32Array, by: number): void {
  if (by > 0) {
    rows.copyWithin(by, 0, rows.length - by);
    rows.fill(0, 0, by);
  } else if (by < 0) {
    rows.copyWithin(0, -by);
    rows.fill(0, rows.length + by);
  }
}
