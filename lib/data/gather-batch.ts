/** Everything that a model is given, and everything that it is asked, for some windows. */
import { gather, type GatherOptions } from "./gather";
import type { Windows } from "./windows";

/** A plain array with its axes; what a tensor is made of. */
export interface Plain {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface Batch {
  /**
   * By the name of the model's input: `<modality>_values` [batch, time, channel] (a vector: [batch, feature]),
   * `<modality>_validity` [batch, time] (a vector: [batch, feature]), and `presence` [batch, modality].
   */
  readonly inputs: Readonly<Record<string, Plain>>;
  /** [batch, target]; NaN where a label is missing. */
  readonly targets: Plain;
}

/** @param into a batch of the same windows' size, whose arrays are reused */
export function gatherBatch(
  windows: Windows,
  indices: ArrayLike<number>,
  options: GatherOptions = {},
  into?: Batch,
): Batch {
  const batch = indices.length;
  const inputs: Record<string, Plain> = {};
  for (const name of windows.names) {
    const track = windows.tracks[name]!;
    const [values, validity] = [into?.inputs[`${name}_values`], into?.inputs[`${name}_validity`]];
    const reused = values && validity && { values: values.values, validity: validity.values };
    const got = gather(windows, name, indices, options, reused);
    const sequence = track.kind === "sequence";
    const axes = sequence ? [track.time, track.channels.length] : [track.features.length];
    inputs[`${name}_values`] = { shape: [batch, ...axes], values: got.values };
    inputs[`${name}_validity`] = { shape: [batch, axes[0]!], values: got.validity };
  }
  inputs["presence"] = rows(windows.presence, windows.names.length, indices, into?.inputs["presence"]);
  return { inputs, targets: rows(windows.targets, targetWidth(windows), indices, into?.targets) };
}

/** Numbers in a target row: one, or one for each label. */
export function targetWidth({ space }: Pick<Windows, "space">): number {
  return space.kind === "labels" ? space.labels.length : 1;
}

function rows(table: ArrayLike<number>, width: number, indices: ArrayLike<number>, into?: Plain): Plain {
  const length = indices.length * width;
  const values = into?.values.length === length ? into.values : new Float32Array(length);
  for (let i = 0; i < indices.length; i++)
    for (let k = 0; k < width; k++) values[i * width + k] = table[indices[i]! * width + k]!;
  return { shape: [indices.length, width], values };
}
