/** From a modality's own clock to a regular grid, one segment at a time. */
import type { Segment, Sequence } from "./recording";
import { resample } from "./resample";

/**
 * Slot i lies at `startSeconds` + i / rate and takes the sample nearest to it; a slot without one is NaN.
 * Where `rateHz` is not the sequence's own, the grid is made at its own rate and resampled.
 *
 * @returns [slots, channel]
 */
export function gridSegment(sequence: Sequence, segment: Segment, rateHz: number, slots: number): Float32Array {
  const seconds = segment.endSeconds - segment.startSeconds;
  const own = sequence.rateHz;
  if (own === rateHz) return nearest(sequence, segment, slots);
  const measured = nearest(sequence, segment, Math.ceil(seconds * own - 1e-6));
  return resample(measured, sequence.channels.length, own, rateHz, slots);
}

function nearest(sequence: Sequence, segment: Segment, slots: number): Float32Array {
  const { channels, seconds, values, rateHz } = sequence;
  const width = channels.length;
  const grid = new Float32Array(slots * width).fill(NaN);
  const distance = new Float64Array(slots).fill(Infinity);
  for (let i = firstAt(seconds, segment.startSeconds); i < seconds.length && seconds[i]! < segment.endSeconds; i++) {
    const place = (seconds[i]! - segment.startSeconds) * rateHz;
    const slot = Math.round(place);
    const away = Math.abs(place - slot);
    if (slot >= slots || away >= distance[slot]!) continue;
    distance[slot] = away;
    grid.set(values.subarray(i * width, (i + 1) * width), slot * width);
  }
  return grid;
}

/** The first index whose value is `least` or more; `sorted.length` if there is none. */
export function firstAt(sorted: ArrayLike<number>, least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
