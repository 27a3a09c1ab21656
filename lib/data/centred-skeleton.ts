/** A skeleton as a model reads it: where each joint is, seen from where the hip was at first, and where it goes. */
import type { Recording, Sequence } from "./recording";

export interface Body {
  /** Place of the hip among the joints; channels are [joint, axis] with three axes. */
  readonly hip: number;
  /** Pairs of joints with a bone between them: their lengths together are the body's size. */
  readonly bones: readonly (readonly [number, number])[];
}

/**
 * (x(t) - hip(0)) / size, then (x(t) - x(t - 1)) / size: twice the channels. The first frame's difference is 0.
 *
 * The hip of the first frame, not of each: a walk, a lunge and a squat move the hip, and it must show. The size, a mean
 * over all frames, makes tall and short people alike.
 */
export function centredSkeleton(skeleton: Sequence, { hip, bones }: Body): Sequence {
  const width = skeleton.channels.length;
  const frames = skeleton.seconds.length;
  const { values } = skeleton;
  const centre = [0, 1, 2].map((axis) => firstNumber(values, 3 * hip + axis, width));
  const size = sizeOf(skeleton, bones);
  const result = new Float32Array(frames * 2 * width); // [frame, channel]
  for (let frame = 0; frame < frames; frame++)
    for (let channel = 0; channel < width; channel++) {
      const now = values[frame * width + channel]!;
      const at = frame * 2 * width + channel;
      result[at] = (now - centre[channel % 3]!) / size;
      result[at + width] = frame === 0 ? 0 : (now - values[(frame - 1) * width + channel]!) / size;
    }
  const here = skeleton.channels.map(({ name }) => ({ name, unit: "body size" }));
  const changes = here.map(({ name, unit }) => ({ name: `${name}, change`, unit }));
  return { ...skeleton, channels: [...here, ...changes], values: result };
}

/** Mean over the frames in which all bones were seen; 1 where there is none, or no bone. */
function sizeOf({ values, channels, seconds }: Sequence, bones: Body["bones"]): number {
  let [sum, count] = [0, 0];
  for (let frame = 0; frame < seconds.length; frame++) {
    const at = (joint: number, axis: number): number => values[frame * channels.length + 3 * joint + axis]!;
    const length = ([a, b]: readonly [number, number]): number =>
      Math.hypot(at(a, 0) - at(b, 0), at(a, 1) - at(b, 1), at(a, 2) - at(b, 2));
    const size = bones.reduce((total, bone) => total + length(bone), 0);
    if (!(size > 0)) continue; // NaN where a joint was not seen
    sum += size;
    count++;
  }
  return count > 0 ? sum / count : 1;
}

/** Of a column; 0 where nothing was measured. */
function firstNumber(values: Float32Array, column: number, width: number): number {
  for (let i = column; i < values.length; i += width) if (!Number.isNaN(values[i]!)) return values[i]!;
  return 0;
}

/** The recordings with this modality centred; those that lack it as they are. */
export const withCentredSkeleton = (recordings: readonly Recording[], name: string, body: Body): Recording[] =>
  recordings.map((recording) => {
    const skeleton = recording.modalities[name];
    if (skeleton?.kind !== "sequence") return recording;
    return { ...recording, modalities: { ...recording.modalities, [name]: centredSkeleton(skeleton, body) } };
  });
