/** A skeleton as a model reads it: where each joint is, seen from where the hip was at first, and where it is going. */
import type { Recording, Sequence } from "./recording";

/**
 * x(t) - hip(0), then x(t) - x(t - 1): twice the channels. The first frame's difference is 0.
 *
 * The hip of the first frame, not of each: a walk, a lunge and a squat move the hip, and it must show.
 *
 * @param hip place of the hip among the joints; channels are [joint, axis] with three axes
 */
export function centredSkeleton(skeleton: Sequence, hip: number): Sequence {
  const width = skeleton.channels.length;
  const frames = skeleton.seconds.length;
  const { values } = skeleton;
  const centre = [0, 1, 2].map((axis) => firstNumber(values, 3 * hip + axis, width));
  const result = new Float32Array(frames * 2 * width); // [frame, channel]
  for (let frame = 0; frame < frames; frame++)
    for (let channel = 0; channel < width; channel++) {
      const now = values[frame * width + channel]!;
      const at = frame * 2 * width + channel;
      result[at] = now - centre[channel % 3]!;
      result[at + width] = frame === 0 ? 0 : now - values[(frame - 1) * width + channel]!;
    }
  const changes = skeleton.channels.map(({ name, unit }) => ({ name: `${name}, change`, unit }));
  return { ...skeleton, channels: [...skeleton.channels, ...changes], values: result };
}

/** Of a column; 0 where nothing was measured. */
function firstNumber(values: Float32Array, column: number, width: number): number {
  for (let i = column; i < values.length; i += width) if (!Number.isNaN(values[i]!)) return values[i]!;
  return 0;
}

/** The recordings with this modality centred; those that lack it as they are. */
export const withCentredSkeleton = (recordings: readonly Recording[], name: string, hip: number): Recording[] =>
  recordings.map((recording) => {
    const skeleton = recording.modalities[name];
    if (skeleton?.kind !== "sequence") return recording;
    return { ...recording, modalities: { ...recording.modalities, [name]: centredSkeleton(skeleton, hip) } };
  });
