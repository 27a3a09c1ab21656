/** The split that keeps every segment on one side: the same people, another time that they did it. */
import { randomFor } from "../random";
import type { Fold, Part } from "./fold";
import { makeFold, type FoldOptions } from "./make-fold";
import { windowsBySegment } from "./neighbours";
import { strataOf } from "./strata";
import type { Windows } from "./windows";

export interface SegmentOptions extends FoldOptions {
  readonly seed: number;
  readonly folds: number;
  /** Keep segments back for early stopping and calibration? Yes, if not given. */
  readonly holdBack?: boolean;
}

/**
 * Deals the segments of each class into folds; fold k tests the k-th deal and holds the next two back.
 *
 * Training keeps a segment of every class: a class with few segments gives none to calibration, then none to stopping,
 * and a class with one segment is never tested (see `unsplittableClasses`).
 */
export function wholeSegments(windows: Windows, options: SegmentOptions): Fold[] {
  const { folds, holdBack = true } = options;
  if (!(Number.isInteger(folds) && folds >= 2))
    throw new Error(`wholeSegments: expected 2 or more folds, got ${folds}; ask for more folds`);
  const random = randomFor(options.seed, "whole segments");
  const deals = segmentsByClass(windows).map(({ segments }) => {
    const first = random.integer(folds); // else every rare class would be tested in the first folds
    return Array.from(random.permutation(segments.length), (i, turn): Dealt => ({
      windows: segments[i]!,
      deal: (first + turn) % folds,
    }));
  });
  return Array.from({ length: folds }, (_, k) => {
    const roles = deals.map((deal) => {
      const later = (distance: number): Dealt[] => deal.filter((s) => (s.deal - k + folds) % folds === distance);
      const splittable = deal.length > 1;
      const test = splittable ? later(0) : [];
      let stop = holdBack && splittable && folds > 2 ? later(1) : [];
      let calibration = holdBack && splittable && folds > 3 ? later(2) : []; // of three deals one must be learned
      const train = (): Dealt[] => deal.filter((s) => ![...test, ...stop, ...calibration].includes(s));
      if (train().length === 0) calibration = [];
      if (train().length === 0) stop = [];
      return { train: train(), stop, calibration, test };
    });
    const all = (part: Part): number[] => roles.flatMap((role) => role[part].flatMap((s) => s.windows));
    const parts = { train: all("train"), stop: all("stop"), calibration: all("calibration"), test: all("test") };
    const heldOut = `segments ${k + 1} of ${folds}`;
    return makeFold(windows, { split: "whole segments", heldOut }, parts, options);
  });
}

interface Dealt {
  readonly windows: readonly number[];
  readonly deal: number;
}

/** Classes with a single segment, which no split by segments can both learn and test; by name. */
export function unsplittableClasses(windows: Windows): string[] {
  const { space } = windows;
  return segmentsByClass(windows).flatMap(({ id, segments }) =>
    segments.length < 2 && space.kind === "class" ? [space.classes[id]!] : [],
  );
}

/** Classes in order, each with its segments; segments too short for a window are not there. */
function segmentsByClass(windows: Windows): { id: number; segments: number[][] }[] {
  const strata = strataOf(windows);
  const classes = new Map<number, number[][]>();
  for (const group of windowsBySegment(windows)) {
    if (group.length === 0) continue;
    const id = strata[group[0]!]!;
    const known = classes.get(id);
    if (known) known.push(group);
    else classes.set(id, [group]);
  }
  return [...classes].sort(([a], [b]) => a - b).map(([id, segments]) => ({ id, segments }));
}
