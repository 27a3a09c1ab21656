/** What the rule "a window with any NaN is dropped" costs. */
import type { Windows } from "./windows";

export interface WindowsLost {
  readonly windows: number;
  /** Windows with a NaN, by modality. */
  readonly each: Readonly<Record<string, number>>;
  /** In at least one of the modalities. */
  readonly any: number;
  /** In every one of them. */
  readonly all: number;
}

/** @param names the sequence modalities to count; all of them if not given */
export function windowsLost(windows: Windows, names: readonly string[] = windows.names): WindowsLost {
  const incomplete = names.map((name) => {
    const track = windows.tracks[name];
    if (track?.kind !== "sequence")
      throw new Error(
        `windowsLost: expected sequences among [${windows.names.join(", ")}], got ${name}; correct names`,
      );
    return Array.from(
      track.offset,
      (at) => at < 0 || track.validity.subarray(at, at + track.time).includes(0),
    );
  });
  const count = (holds: (window: number) => boolean): number =>
    Array.from({ length: windows.count }, (_, window) => holds(window)).filter(Boolean).length;
  return {
    windows: windows.count,
    each: Object.fromEntries(names.map((name, m) => [name, count((w) => incomplete[m]![w]!)])),
    any: count((w) => incomplete.some((flags) => flags[w])),
    all: count((w) => incomplete.every((flags) => flags[w])),
  };
}
