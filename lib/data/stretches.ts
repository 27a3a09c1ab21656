/** Where windows begin, and which segment's target each has. */
import type { Segment } from "./recording";

/** A part of a recording whose samples are stored once, and the windows in it. */
export interface Stretch {
  readonly span: Segment;
  /** In order of time; `segment` is the place, among the recording's, of the segment that gives the target. */
  readonly windows: readonly { readonly start: number; readonly segment: number }[];
}

export interface StretchOptions {
  readonly lengthSeconds: number;
  readonly strideSeconds: number;
  readonly labelSeconds?: number | undefined;
}

/** One for each segment, or, where the middle of a window has the label, one for the recording. */
export function stretchesOf(segments: readonly Segment[], options: StretchOptions): Stretch[] {
  const { lengthSeconds, strideSeconds, labelSeconds } = options;
  if (labelSeconds !== undefined) return segments.length > 0 ? [aroundLabels(segments, { ...options, labelSeconds })] : [];
  return segments.map((span, segment) => ({
    span,
    windows: startsIn(span, lengthSeconds, strideSeconds).map((start) => ({ start, segment })),
  }));
}

/** A window whose label is not known for half of `labelSeconds` or more is left out. */
function aroundLabels(segments: readonly Segment[], options: Required<StretchOptions> & { labelSeconds: number }): Stretch {
  const { lengthSeconds, strideSeconds, labelSeconds } = options;
  if (!(labelSeconds > 0 && labelSeconds <= lengthSeconds))
    throw new Error(
      `cutWindows: expected labelSeconds above 0 and up to lengthSeconds (${lengthSeconds}), got ${labelSeconds}; shorten it`,
    );
  const [first, last] = [segments[0]!, segments.at(-1)!];
  const labelled = { startSeconds: first.startSeconds, endSeconds: last.endSeconds };
  const margin = (lengthSeconds - labelSeconds) / 2;
  const windows = startsIn(labelled, labelSeconds, strideSeconds).flatMap((start) => {
    const segment = commonest(segments, start, start + labelSeconds);
    return segment < 0 ? [] : [{ start: start - margin, segment }];
  });
  const span = { startSeconds: labelled.startSeconds - margin, endSeconds: labelled.endSeconds + margin };
  return { span: { ...span, target: first.target }, windows };
}

/** The longest segment of the target that has most of [start, end); -1 where none has half of it, taken together. */
function commonest(segments: readonly Segment[], start: number, end: number): number {
  const shared = segments.map(({ startSeconds, endSeconds }) =>
    Math.max(0, Math.min(end, endSeconds) - Math.max(start, startSeconds)),
  );
  if (shared.reduce((sum, part) => sum + part, 0) <= (end - start) / 2) return -1;
  const ofTarget = new Map<string, number>();
  const key = (segment: number): string => segments[segment]!.target.join();
  shared.forEach((part, segment) => ofTarget.set(key(segment), (ofTarget.get(key(segment)) ?? 0) + part));
  let best = 0;
  for (let segment = 1; segment < segments.length; segment++) {
    const [now, then] = [ofTarget.get(key(segment))!, ofTarget.get(key(best))!];
    if (now > then || (now === then && shared[segment]! > shared[best]!)) best = segment;
  }
  return best;
}

function startsIn(
  { startSeconds, endSeconds }: Pick<Segment, "startSeconds" | "endSeconds">,
  lengthSeconds: number,
  strideSeconds: number,
): number[] {
  const room = endSeconds - startSeconds - lengthSeconds;
  const count = Math.max(0, Math.floor(room / strideSeconds + 1e-6) + 1); // 1e-6: clocks are decimals
  return Array.from({ length: count }, (_, i) => startSeconds + i * strideSeconds);
}
