/** Zero mean and unit deviation for each channel, as the training windows know them. */
import type { Fold } from "./fold";
import type { Track, Windows } from "./windows";

/** One modality's numbers by channel (or feature); plain lists, so that a checkpoint can hold them. */
export interface ChannelScale {
  readonly mean: readonly number[];
  /** 1 where a channel is constant or was never measured, so that nothing is divided by 0. */
  readonly deviation: readonly number[];
  /** Measured samples behind them, each counted once, however many windows share it. */
  readonly count: readonly number[];
}

/** By modality. */
export type Scaler = Readonly<Record<string, ChannelScale>>;

/**
 * μ = Σ x / n and σ = √(Σ (x − μ)² / n) over the measured samples of training windows; nothing else is in reach.
 *
 * σ below 10⁻⁶ |μ| is rounding, not signal, and becomes 1.
 */
export function fitScaler(windows: Windows, { train }: Pick<Fold, "train">): Scaler {
  return Object.fromEntries(windows.names.map((name) => [name, scaleOf(windows.tracks[name]!, train)]));
}

function scaleOf(track: Track, train: Int32Array): ChannelScale {
  const columns = track.kind === "sequence" ? track.channels.length : track.features.length;
  const rows = track.values.length / columns;
  const seen = coverage(track, train, rows);
  const measured = (row: number, column: number): boolean =>
    track.validity[track.kind === "sequence" ? row : row * columns + column] === 1;

  const each = Array.from({ length: columns }, (_, column) => {
    let [count, sum, squares] = [0, 0, 0];
    for (let row = 0; row < rows; row++)
      if (seen[row] && measured(row, column)) {
        sum += track.values[row * columns + column]!;
        count++;
      }
    const mean = count > 0 ? sum / count : 0;
    for (let row = 0; row < rows; row++)
      if (seen[row] && measured(row, column)) squares += (track.values[row * columns + column]! - mean) ** 2;
    const deviation = count > 0 ? Math.sqrt(squares / count) : 0;
    return { mean, deviation: deviation > 1e-6 * Math.abs(mean) ? deviation : 1, count };
  });
  return {
    mean: each.map((c) => c.mean),
    deviation: each.map((c) => c.deviation),
    count: each.map((c) => c.count),
  };
}

/** [row]; 1 where one of these windows holds it. */
export function coverage(track: Track, part: Int32Array, rows: number): Uint8Array {
  const seen = new Uint8Array(rows);
  const time = track.kind === "sequence" ? track.time : 1;
  for (const window of part) {
    const at = track.offset[window]!;
    if (at >= 0) seen.fill(1, at, at + time);
  }
  return seen;
}
