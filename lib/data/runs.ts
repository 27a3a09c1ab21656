/** Where one label holds without a break in time. */
import type { Segment } from "./recording";

/** Rows [first, end) of one label. */
export interface Run {
  readonly first: number;
  readonly end: number;
  readonly label: number;
}

/**
 * Longest runs of equal labels whose neighbours lie at most `maxGapSeconds` apart; rows whose label is NaN belong to none.
 *
 * @param seconds [row], increasing
 * @param labels [row]
 */
export function runsOf(seconds: ArrayLike<number>, labels: ArrayLike<number>, maxGapSeconds: number): Run[] {
  const runs: Run[] = [];
  // clocks are printed in decimals, so that a gap of exactly the limit must not fail by a rounding error
  const limit = maxGapSeconds + 1e-9;
  for (let first = 0, row = 0; row < labels.length; row++) {
    const next = row + 1;
    const goes = next < labels.length && labels[next] === labels[row] && seconds[next]! - seconds[row]! <= limit;
    if (goes) continue;
    if (!Number.isNaN(labels[row]!)) runs.push({ first, end: next, label: labels[row]! });
    first = next;
  }
  return runs;
}

/**
 * The runs as segments of a class target. The last sample of a run lasts one period, or until the next row begins.
 *
 * @param periodSeconds 1 / rate
 */
export function segmentsOf(seconds: ArrayLike<number>, runs: readonly Run[], periodSeconds: number): Segment[] {
  return runs.map(({ first, end, label }) => ({
    startSeconds: seconds[first]!,
    endSeconds: Math.min(seconds[end - 1]! + periodSeconds, seconds[end] ?? Infinity),
    target: [label],
  }));
}
