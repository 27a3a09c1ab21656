/** What a channel's numbers are like for each subject, before and after scaling, as quantiles to draw. */
import type { Scaler } from "./scaler";
import { subjectsOf } from "./leave-one-subject-out";
import type { Windows } from "./windows";

export interface SpreadRow {
  readonly stage: "before scaling" | "after scaling";
  readonly channel: string;
  readonly subject: string;
  readonly p05: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}

/**
 * Quantiles over the measured samples of each subject's windows; a sample that two windows share counts once.
 *
 * @param channels [modality, channel] each
 */
export function channelSpread(windows: Windows, scaler: Scaler, channels: readonly (readonly [string, string])[]): SpreadRow[] {
  return channels.flatMap(([modality, channel]) => {
    const track = windows.tracks[modality];
    const column = track?.kind === "sequence" ? track.channels.findIndex(({ name }) => name === channel) : -1;
    if (track?.kind !== "sequence" || column < 0) throw new Error(`channelSpread: expected a channel of a sequence, got ${modality} ${channel}; see windows.tracks`);
    const title = `${modality} ${channel.replaceAll("_", " ")} (${track.channels[column]!.unit})`;
    const { mean, deviation } = scaler[modality]!;
    return subjectsOf(windows).flatMap((subject) => {
      const rows = new Set<number>();
      windows.subject.forEach((s, window) => {
        const at = track.offset[window]!;
        if (s === subject && at >= 0) for (let i = at; i < at + track.time; i++) if (track.validity[i]) rows.add(i);
      });
      const values = Float64Array.from(rows, (row) => track.values[row * track.channels.length + column]!).sort();
      const at = (p: number): number => values[Math.min(values.length - 1, Math.floor(p * values.length))] ?? NaN;
      const before = { p05: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) };
      const scaled = Object.fromEntries(Object.entries(before).map(([p, value]) => [p, (value - mean[column]!) / deviation[column]!])) as typeof before;
      return [
        { stage: "before scaling" as const, channel: title, subject, ...before },
        { stage: "after scaling" as const, channel: title, subject, ...scaled },
      ];
    });
  });
}
