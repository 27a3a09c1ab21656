/** The split of EAV's own code: each person's first trials of a class are learned, the last ones asked. */
import type { Fold } from "./fold";
import { makeFold, type FoldOptions } from "./make-fold";
import { windowsBySegment } from "./neighbours";
import { strataOf } from "./strata";
import type { Windows } from "./windows";

/**
 * One fold: of each subject and class, in the order in which they were recorded, the last 30 % of the segments are
 * tested; of the others the last two in fourteen calibrate, the two before them stop, and the rest trains. Of 20 trials of
 * four windows: 40 windows, 8, 8 and the published 24. No two parts share a segment.
 *
 * Everybody is in training: what this measures is another hour of known people, not new ones.
 */
export function trialsInOrder(windows: Windows, options: FoldOptions = {}): Fold[] {
  const parts = {
    train: [] as number[],
    stop: [] as number[],
    calibration: [] as number[],
    test: [] as number[],
  };
  for (const trials of trialsOf(windows).values()) {
    const tested = Math.round(0.3 * trials.length);
    const held = Math.max(1, Math.round((trials.length - tested) / 7)); // each, for stopping and for calibration
    const learned = trials.length - tested - 2 * held;
    if (learned < 1 || tested < 1)
      throw new Error(
        `trialsInOrder: expected 4 or more segments of each subject and class, got ${trials.length}; record more, or split by subject`,
      );
    const borders = [0, learned, learned + held, learned + 2 * held, trials.length];
    (["train", "stop", "calibration", "test"] as const).forEach((part, i) =>
      parts[part].push(...trials.slice(borders[i], borders[i + 1]).flat()),
    );
  }
  return [makeFold(windows, { split: "trials in order", heldOut: "last trials" }, parts, options)];
}

/** By subject and class: the windows of each segment, in the order of the recordings. */
function trialsOf(windows: Windows): Map<string, number[][]> {
  const strata = strataOf(windows);
  const found = new Map<string, number[][]>();
  for (const segment of windowsBySegment(windows)) {
    if (segment.length === 0) continue;
    const key = JSON.stringify([windows.subject[segment[0]!], strata[segment[0]!]]);
    const known = found.get(key);
    if (known) known.push(segment);
    else found.set(key, [segment]);
  }
  return found;
}
