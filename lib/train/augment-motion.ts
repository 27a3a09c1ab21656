/** The same motion as somebody else would make it, or wear its sensor: turned, larger or smaller, faster or slower. */
import type { Batch } from "../data/gather-batch";
import type { Scaler } from "../data/scaler";
import type { Random } from "../random";

/** What may differ; each is left alone where it is 0 or not given. */
export interface MotionChanges {
  /** Deviation in radians of a turn about a random axis, of a modality whose channels are triples of x, y, z. */
  readonly turn?: number | undefined;
  /** Deviation of a gain about 1, for each modality. */
  readonly gain?: number | undefined;
  /** Largest change of speed about the window's middle, as a share; all modalities of a window together. */
  readonly speed?: number | undefined;
}

/**
 * Changes each window of each sequence in place. Turns and gains act on measured units, whence the scaler; nothing from
 * outside the window is used: what a faster one lacks at its ends is invalid.
 *
 * @throws where a modality that is to be turned has no triples of channels
 */
export function changeMotion(
  batch: Batch,
  names: readonly string[],
  { turn = 0, gain = 0, speed = 0 }: MotionChanges,
  scaler: Scaler,
  random: Random,
): void {
  if (turn === 0 && gain === 0 && speed === 0) return;
  const windows = batch.targets.shape[0]!;
  for (let window = 0; window < windows; window++) {
    const pace = 1 + (2 * random.uniform() - 1) * speed;
    for (const name of names) {
      const { shape, values: all } = batch.inputs[`${name}_values`]!;
      if (shape.length !== 3) continue; // a vector has no motion
      const [, time, width] = shape as [number, number, number];
      const values = all.subarray(window * time * width, (window + 1) * time * width);
      const validity = batch.inputs[`${name}_validity`]!.values.subarray(window * time, (window + 1) * time);
      const { mean, deviation } = scaler[name]!;
      const matrix = turn === 0 ? identity : turned(turn * random.normal(), random);
      const factor = gain === 0 ? 1 : 1 + gain * random.normal();
      if (turn !== 0 && width % 3 !== 0)
        throw new Error(
          `changeMotion: ${name}: expected triples of channels, got ${width} channels; set turn to 0 for such data`,
        );
      if (turn !== 0 || gain !== 0)
        for (let step = 0; step < time; step++)
          if (validity[step] !== 0)
            turnStep(values.subarray(step * width, (step + 1) * width), matrix, factor, mean, deviation);
      if (speed !== 0) pacedRows(values, validity, pace);
    }
  }
}

type Matrix = readonly (readonly [number, number, number])[];
const identity: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** By `angle` about an axis of any direction (Rodrigues). */
function turned(angle: number, random: Random): Matrix {
  const [a, b, c] = [random.normal(), random.normal(), random.normal()];
  const length = Math.hypot(a, b, c);
  const [x, y, z] = [a / length, b / length, c / length];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const rest = 1 - cos;
  return [
    [cos + x * x * rest, x * y * rest - z * sin, x * z * rest + y * sin],
    [y * x * rest + z * sin, cos + y * y * rest, y * z * rest - x * sin],
    [z * x * rest - y * sin, z * y * rest + x * sin, cos + z * z * rest],
  ];
}

/** gain · R (σ v + μ), scaled again; `row` [channel]. */
function turnStep(
  row: Float32Array,
  matrix: Matrix,
  gain: number,
  mean: readonly number[],
  deviation: readonly number[],
): void {
  if (matrix === identity) {
    for (let c = 0; c < row.length; c++)
      row[c] = (gain * (row[c]! * deviation[c]! + mean[c]!) - mean[c]!) / deviation[c]!;
    return;
  }
  for (let c = 0; c < row.length; c += 3) {
    const x = row[c]! * deviation[c]! + mean[c]!;
    const y = row[c + 1]! * deviation[c + 1]! + mean[c + 1]!;
    const z = row[c + 2]! * deviation[c + 2]! + mean[c + 2]!;
    for (let axis = 0; axis < 3; axis++) {
      const [a, b, d] = matrix[axis]!;
      row[c + axis] = (gain * (a * x + b * y + d * z) - mean[c + axis]!) / deviation[c + axis]!;
    }
  }
}

/** Step t becomes what was at m + (t - m) · pace, m the middle, on the line between two valid steps. */
function pacedRows(values: Float32Array, validity: Float32Array, pace: number): void {
  const time = validity.length;
  const width = values.length / time;
  const [old, valid] = [values.slice(), validity.slice()];
  const middle = (time - 1) / 2;
  for (let step = 0; step < time; step++) {
    const place = middle + (step - middle) * pace;
    const below = Math.floor(place);
    const part = place - below;
    const above = part === 0 ? below : below + 1;
    const isKnown = below >= 0 && above < time && valid[below] !== 0 && valid[above] !== 0;
    validity[step] = isKnown ? 1 : 0;
    for (let c = 0; c < width; c++)
      values[step * width + c] = isKnown
        ? (1 - part) * old[below * width + c]! + part * old[above * width + c]!
        : 0;
  }
}
