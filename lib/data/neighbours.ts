/** Which windows of a segment lie too near to others in time. */
import { firstAt } from "./grid";
import type { Windows } from "./windows";

/**
 * The windows of `candidates` with at least `gapSeconds` between them and every window of `kept` in the same segment:
 * from the end of the earlier one to the start of the later one. A gap of 0 already means that no sample is shared.
 */
export function awayFrom(
  windows: Windows,
  candidates: Iterable<number>,
  kept: Iterable<number>,
  gapSeconds: number,
): number[] {
  const starts = new Map<number, number[]>();
  for (const window of kept) {
    const known = starts.get(windows.segment[window]!);
    if (known) known.push(windows.startSeconds[window]!);
    else starts.set(windows.segment[window]!, [windows.startSeconds[window]!]);
  }
  for (const known of starts.values()) known.sort((a, b) => a - b);
  // windows end half a step early or late on clocks whose rate does not divide their length
  const rates = windows.names.flatMap((name) => {
    const track = windows.tracks[name]!;
    return track.kind === "sequence" ? [track.rateHz] : [];
  });
  const uneven = rates.some((rate) => Math.abs(windows.lengthSeconds * rate - Math.round(windows.lengthSeconds * rate)) > 1e-6);
  const slack = uneven ? 1 / Math.min(...rates) : 0;
  const apart = windows.lengthSeconds + Math.max(gapSeconds, slack) - 1e-6; // between starts; 1e-6: clocks are decimals
  return [...candidates].filter((window) => {
    const start = windows.startSeconds[window]!;
    const others = starts.get(windows.segment[window]!) ?? [];
    const next = firstAt(others, start);
    return [others[next - 1], others[next]].every((other) => !(Math.abs(start - other!) < apart)); // or there is none
  });
}

/** [segment]: its windows in order of time. */
export function windowsBySegment(windows: Windows): number[][] {
  const groups = windows.segments.map((): number[] => []);
  windows.segment.forEach((segment, window) => groups[segment]!.push(window));
  for (const group of groups) group.sort((a, b) => windows.startSeconds[a]! - windows.startSeconds[b]!);
  return groups;
}
