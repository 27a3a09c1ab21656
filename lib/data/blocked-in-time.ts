/** The split that keeps every stretch of time on one side: the same people and recordings, other minutes. */
import { randomFor } from "../random";
import type { Fold } from "./fold";
import { makeFold, type FoldOptions } from "./make-fold";
import { awayFrom, windowsBySegment } from "./neighbours";
import { strataOf } from "./strata";
import type { Windows } from "./windows";

export interface BlockedOptions extends FoldOptions {
  readonly seed: number;
  /** Blocks a segment is cut into, and folds; at least 3 where windows are held back. */
  readonly blocks: number;
  /** Unused time between two parts; the length of a window if not given. 0 already shares no sample. */
  readonly gapSeconds?: number;
  /** Keep blocks back for early stopping and calibration? Yes, if not given. */
  readonly holdBack?: boolean;
}

/**
 * Fold k tests block k of every segment, so each window of a long enough segment is tested once. The block furthest round
 * is held back, in every other segment of a class for stopping, in the rest for calibration. Windows within the gap of
 * another part are left out, of training first. Segments with fewer windows than blocks stay in training.
 */
export function blockedInTime(windows: Windows, options: BlockedOptions): Fold[] {
  const { blocks, gapSeconds = windows.lengthSeconds, holdBack = true } = options;
  const least = holdBack ? 3 : 2;
  if (!(Number.isInteger(blocks) && blocks >= least))
    throw new Error(`blockedInTime: expected ${least} or more blocks, got ${blocks}; cut segments into more blocks`);
  const segments = windowsBySegment(windows);
  const roles = heldBackRoles(windows, segments, options.seed);
  return Array.from({ length: blocks }, (_, k) => {
    const parts = { train: [] as number[], stop: [] as number[], calibration: [] as number[], test: [] as number[] };
    segments.forEach((group, segment) =>
      group.forEach((window, i) => {
        const block = Math.floor((i * blocks) / group.length);
        if (group.length < blocks) parts.train.push(window);
        else if (block === k) parts.test.push(window);
        else if (holdBack && block === (k + Math.floor(blocks / 2)) % blocks) parts[roles[segment]!].push(window);
        else parts.train.push(window);
      }),
    );
    const { test } = parts;
    const calibration = awayFrom(windows, parts.calibration, test, gapSeconds);
    const stop = awayFrom(windows, parts.stop, [...test, ...calibration], gapSeconds);
    const train = awayFrom(windows, parts.train, [...test, ...calibration, ...stop], gapSeconds);
    const heldOut = `block ${k + 1} of ${blocks}`;
    return makeFold(windows, { split: "blocked", heldOut }, { train, stop, calibration, test }, options);
  });
}

/** [segment]: turn by turn within each class, so that both parts meet every class that has two segments. */
function heldBackRoles(
  windows: Windows,
  segments: readonly (readonly number[])[],
  seed: number,
): ("stop" | "calibration")[] {
  const strata = strataOf(windows);
  const turns = new Map<number, number>();
  const roles = segments.map((): "stop" | "calibration" => "stop");
  for (const segment of randomFor(seed, "blocked in time").permutation(segments.length)) {
    const first = segments[segment]![0];
    if (first === undefined) continue;
    const turn = turns.get(strata[first]!) ?? 0;
    turns.set(strata[first]!, turn + 1);
    roles[segment] = turn % 2 === 0 ? "stop" : "calibration";
  }
  return roles;
}
