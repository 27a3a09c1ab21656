/** Windows of sequences as rows of statistics: the same windows, each modality a vector. */
import { type Batch, gatherBatch, type Plain } from "./gather-batch";
import type { Channel } from "./recording";
import type { Scaler } from "./scaler";
import { statisticNames, windowStatistics } from "./window-statistics";
import type { Windows } from "./windows";

/**
 * A batch of sequences as a batch of vectors: `<modality>_values` and `<modality>_validity` [batch, feature]. A modality
 * whose presence is 0 is not read and gives zeros, valid nowhere; so does a feature that was not measured.
 */
export function statisticsBatch({ inputs, targets }: Batch, names: readonly string[]): Batch {
  const presence = inputs["presence"]!;
  const vectors: Record<string, Plain> = { presence };
  names.forEach((name, m) => {
    const { shape, values } = inputs[`${name}_values`]!;
    const validity = inputs[`${name}_validity`]!.values;
    const [count, time] = shape as [number, number];
    const features = featureCount(shape);
    const [given, known] = [values.length / count, validity.length / count];
    const [rows, observed] = [new Float32Array(count * features), new Float32Array(count * features)];
    for (let w = 0; w < count; w++) {
      if (presence.values[w * names.length + m] === 0) continue;
      const of = (array: Float32Array, size: number): Float32Array =>
        array.subarray(w * size, (w + 1) * size);
      const [into, seen] = [of(rows, features), of(observed, features)];
      if (shape.length === 3)
        windowStatistics(of(values, given), of(validity, known).subarray(0, time), into, seen);
      else
        of(validity, known).forEach((valid, i) => {
          if (valid > 0) [into[i], seen[i]] = [of(values, given)[i]!, 1];
        });
    }
    vectors[`${name}_values`] = { shape: [count, features], values: rows };
    vectors[`${name}_validity`] = { shape: [count, features], values: observed };
  });
  return { inputs: vectors, targets };
}

/** @param shape of `<modality>_values`: a vector is its own statistic */
const featureCount = (shape: readonly number[]): number =>
  shape.length === 3 ? shape[2]! * statisticNames.length : shape[1]!;

/**
 * The statistics of these windows, of scaled samples; of the others nothing is known.
 *
 * Two windows share no row, so a leak must be looked for among the windows given.
 */
export function statisticsWindows(windows: Windows, scaler: Scaler, indices: Int32Array): Windows {
  const { names } = windows;
  const offset = new Int32Array(windows.count).fill(-1);
  indices.forEach((window, row) => (offset[window] = row));
  const parts: Batch[] = [];
  for (let start = 0; start < indices.length; start += 256)
    parts.push(
      statisticsBatch(gatherBatch(windows, indices.subarray(start, start + 256), { scaler }), names),
    );
  const tracks = names.map((name) => {
    const features = featuresOf(windows, name);
    const joined = (part: string): Float32Array => {
      const rows = new Float32Array(indices.length * features.length);
      let at = 0;
      for (const { inputs } of parts) {
        const { values } = inputs[`${name}_${part}`]!;
        rows.set(values, at);
        at += values.length;
      }
      return rows;
    };
    const validity = Uint8Array.from(joined("validity"));
    return [name, { kind: "vector", features, values: joined("values"), validity, offset } as const];
  });
  return { ...windows, tracks: Object.fromEntries(tracks) as Windows["tracks"] };
}

function featuresOf({ tracks }: Windows, name: string): readonly Channel[] {
  const track = tracks[name]!;
  if (track.kind === "vector") return track.features;
  return track.channels.flatMap((channel) =>
    statisticNames.map((statistic) => ({ name: `${channel.name}, ${statistic}`, unit: "1" })),
  );
}
