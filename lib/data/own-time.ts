/** Trials of any length on one scale: each modality stretched over the whole trial, in its own time. */
import type { Recording, Sequence } from "./recording";

/**
 * Each sequence in so many steps, from its own first to its own last sample: no common clock is needed, and what is lost
 * is how long the trial took. The clock of the result counts trials: its one segment is [0, 1), a rate counts steps.
 *
 * Step k of n is the mean, over [k, k + 1) / n of the sequence, of the line through its samples: nothing is skipped where
 * a sequence shrinks, and nothing is repeated where it grows. NaN where half of that was not measured or more.
 *
 * @param steps by modality
 * @throws where a recording is not one trial: one segment, and sequences alone
 */
export function inOwnTime(
  recordings: readonly Recording[],
  steps: Readonly<Record<string, number>>,
): Recording[] {
  return recordings.map((recording) => {
    const { dataset, session, segments } = recording;
    const vectors = Object.entries(recording.modalities).filter(([, { kind }]) => kind === "vector");
    if (segments.length !== 1 || vectors.length > 0)
      throw new Error(
        `inOwnTime: ${dataset} ${session}: expected one segment of sequences, got ${segments.length} with ${vectors.length} vectors; cut others with cutWindows`,
      );
    const modalities: Record<string, Sequence> = {};
    for (const [name, sequence] of Object.entries(recording.modalities)) {
      const count = steps[name];
      if (!(count && Number.isInteger(count)))
        throw new Error(`inOwnTime: ${name}: expected a number of steps, got ${count}; give one for each modality`);
      modalities[name] = stretch(sequence as Sequence, count);
    }
    return { ...recording, modalities, segments: [{ ...segments[0]!, startSeconds: 0, endSeconds: 1 }] };
  });
}

function stretch(sequence: Sequence, steps: number): Sequence {
  const width = sequence.channels.length;
  const samples = sequence.seconds.length;
  const values = new Float32Array(steps * width);
  for (let channel = 0; channel < width; channel++) {
    const column = Float64Array.from({ length: samples }, (_, i) => sequence.values[i * width + channel]!);
    const until = integral(column);
    const at = (step: number): number => (step / steps) * (samples - 1);
    for (let step = 0; step < steps; step++) {
      const [before, after] = [until(at(step)), until(at(step + 1))];
      const measured = after.measured - before.measured;
      const isKnown = measured > (at(step + 1) - at(step)) / 2;
      values[step * width + channel] = isKnown ? (after.sum - before.sum) / measured : samples > 1 ? NaN : column[0]!;
    }
  }
  const seconds = Float64Array.from({ length: steps }, (_, step) => step / steps);
  return { ...sequence, rateHz: steps, seconds, values };
}

/** From sample 0 to a place between samples: the area under the line, and the length over which there is one. */
function integral(column: Float64Array): (place: number) => { sum: number; measured: number } {
  const sums = new Float64Array(column.length);
  const lengths = new Float64Array(column.length);
  const gap = (i: number): boolean => Number.isNaN(column[i]! + column[i + 1]!);
  for (let i = 0; i + 1 < column.length; i++) {
    sums[i + 1] = sums[i]! + (gap(i) ? 0 : (column[i]! + column[i + 1]!) / 2);
    lengths[i + 1] = lengths[i]! + (gap(i) ? 0 : 1);
  }
  return (place) => {
    const i = Math.min(Math.floor(place), column.length - 2);
    if (i < 0) return { sum: 0, measured: 0 };
    const part = place - i;
    if (part === 0 || gap(i)) return { sum: sums[i]!, measured: lengths[i]! };
    const rise = column[i + 1]! - column[i]!;
    return { sum: sums[i]! + column[i]! * part + (rise * part ** 2) / 2, measured: lengths[i]! + part };
  };
}
