/** How long it is from one sample to the next, as counts to draw. */
import type { Recording } from "./recording";

export interface IntervalRow {
  readonly sensor: string;
  /** [lower, upper) */
  readonly lowerMilliseconds: number;
  readonly upperMilliseconds: number;
  readonly intervals: number;
}

/**
 * Times between neighbouring samples of all recordings, in bins of a tenth of the nominal time, up to four nominal times;
 * what is longer falls into the last bin.
 */
export function intervalHistogram(recordings: readonly Recording[], sensors: readonly string[]): IntervalRow[] {
  return sensors.flatMap((sensor) => {
    const sequences = recordings.flatMap(({ modalities }) => {
      const found = modalities[sensor];
      return found?.kind === "sequence" ? [found] : [];
    });
    if (sequences.length === 0) throw new Error(`intervalHistogram: expected a sequence ${sensor}, got none in any recording; choose another`);
    const nominal = 1000 / sequences[0]!.rateHz;
    const bins = new Int32Array(41);
    for (const { seconds } of sequences)
      for (let i = 1; i < seconds.length; i++) {
        const milliseconds = 1000 * (seconds[i]! - seconds[i - 1]!);
        // a clock of 10 ms written with two digits must not fall beside its bin's edge
        bins[Math.min(40, Math.floor((10 * milliseconds) / nominal + 1e-6))]! += 1;
      }
    const edge = (bin: number): number => Math.round(bin * nominal) / 10;
    return Array.from(bins, (intervals, bin) => ({ sensor, lowerMilliseconds: edge(bin), upperMilliseconds: edge(bin + 1), intervals }));
  });
}
