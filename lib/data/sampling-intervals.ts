/** How regularly a sequence was sampled: its times between neighbouring samples, counted in bins. */
import type { Recording } from "./recording";

export interface SamplingInterval {
  readonly sensor: string;
  /** [lower, upper) around a multiple of the bin's width, so that 10 ms lies in the middle of its bin. */
  readonly lowerMilliseconds: number;
  readonly upperMilliseconds: number;
  /** Times between two samples that fall into the bin. */
  readonly intervals: number;
}

export interface SamplingIntervalOptions {
  /** Width of a bin. */
  readonly binMilliseconds: number;
  /** Longer times are pauses between activities rather than gaps of a sensor, and are left out. */
  readonly longestMilliseconds: number;
}

/** Rows for one modality of all recordings together, shortest time first; bins without a time have no row. */
export function samplingIntervals(
  recordings: readonly Recording[],
  modality: string,
  { binMilliseconds, longestMilliseconds }: SamplingIntervalOptions,
): SamplingInterval[] {
  if (!(binMilliseconds > 0))
    throw new Error(`samplingIntervals: expected a bin wider than 0 ms, got ${binMilliseconds}; give binMilliseconds`);
  const counts = new Map<number, number>();
  for (const { modalities } of recordings) {
    const sequence = modalities[modality];
    if (sequence?.kind !== "sequence") continue; // not worn in this recording, or without a clock of its own
    for (let i = 1; i < sequence.seconds.length; i++) {
      const milliseconds = 1000 * (sequence.seconds[i]! - sequence.seconds[i - 1]!);
      if (milliseconds > longestMilliseconds) continue;
      const bin = Math.round(milliseconds / binMilliseconds);
      counts.set(bin, (counts.get(bin) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([bin, intervals]) => ({
      sensor: modality,
      lowerMilliseconds: (bin - 0.5) * binMilliseconds,
      upperMilliseconds: (bin + 0.5) * binMilliseconds,
      intervals,
    }));
}
