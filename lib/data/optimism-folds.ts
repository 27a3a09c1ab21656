/** How optimistic is a split? The same test windows, three ways of choosing whom to learn from. */
import { randomFor } from "../random";
import type { Fold } from "./fold";
import { subjectsOf, windowsOfSubject } from "./leave-one-subject-out";
import { makeFold, type FoldOptions } from "./make-fold";
import { awayFrom, windowsBySegment } from "./neighbours";
import { strataOf } from "./strata";
import type { Windows } from "./windows";

export interface OptimismOptions extends FoldOptions {
  readonly seed: number;
  /** Subjects that take no part at all. */
  readonly exclude?: readonly string[];
  /** Length of the block, as a share of its segment's windows; a third if not given. */
  readonly blockShare?: number;
  /** Unused time around the block in the blocked arm; the length of a window if not given. */
  readonly gapSeconds?: number;
}

/**
 * Three folds for each held-out subject, in turn "random", "blocked", "leave-one-subject-out".
 *
 * In each segment of the subject one block of neighbouring windows is chosen; a random half of it is the test, the same
 * in all three. `random` may learn from everything else, the block's other half included; `blocked` from everything but
 * the block and a gap around it; `leave-one-subject-out` from the other subjects alone.
 *
 * All three train on the same number of windows of each class, the smallest that one of them has. Windows to leave out are
 * taken from one shuffled order for all three, so the sets differ only where they must. Thinning is uniform: in `random`
 * the block's other half is thinned like all else, which lessens its advantage a little rather than inflating it; what
 * it gains of this subject it loses of others, so neither arm sees more data. Stopping and calibration are empty: an arm with
 * its own stopping data would differ in more than its training windows, so train for a fixed number of epochs.
 */
export function optimismFolds(windows: Windows, options: OptimismOptions): Fold[] {
  const { gapSeconds = windows.lengthSeconds } = options;
  const subjects = subjectsOf(windows, options.exclude);
  const everyone = subjects.flatMap((s) => windowsOfSubject(windows, s));
  const strata = strataOf(windows);
  const segments = windowsBySegment(windows).filter((group) => group.length > 0);
  return subjects.map((heldOut) => {
    const own = segments.filter((group) => windows.subject[group[0]!] === heldOut);
    const { block, test } = chooseBlocks(own, heldOut, options);
    const tested = new Set(test);
    const pools = {
      random: everyone.filter((w) => !tested.has(w)),
      blocked: awayFrom(windows, everyone, block, gapSeconds),
      "leave-one-subject-out": everyone.filter((w) => windows.subject[w] !== heldOut),
    };
    const order = Array.from(randomFor(options.seed, "optimism", heldOut, "thin").permutation(windows.count));
    const thinned = equalise(Object.values(pools), strata, order);
    return Object.keys(pools).map((split, arm) =>
      makeFold(windows, { split, heldOut }, { train: thinned[arm]!, test }, options),
    );
  }).flat();
}

/** One block in each segment at a random place, and a random half of its windows; segments of less than 4 windows give none. */
function chooseBlocks(
  segments: readonly (readonly number[])[],
  heldOut: string,
  { seed, blockShare = 1 / 3 }: OptimismOptions,
): { block: number[]; test: number[] } {
  const random = randomFor(seed, "optimism", heldOut, "blocks");
  const [block, test]: [number[], number[]] = [[], []];
  for (const group of segments) {
    if (group.length < 4) continue;
    const length = Math.max(2, Math.round(group.length * blockShare));
    const first = random.integer(group.length - length + 1);
    const chosen = group.slice(first, first + length);
    block.push(...chosen);
    for (const i of random.permutation(length).subarray(0, Math.floor(length / 2))) test.push(chosen[i]!);
  }
  return { block, test };
}

/** Each pool's first windows of each class in the common order, as many as the poorest pool has. */
function equalise(pools: readonly (readonly number[])[], strata: Int32Array, order: readonly number[]): number[][] {
  const held = pools.map((pool) => new Set(pool));
  const ids = [...new Set(strata)];
  const classes = ids.map((id) => order.filter((window) => strata[window] === id));
  const chosen = classes.map((ordered) => {
    const byPool = held.map((pool) => ordered.filter((window) => pool.has(window)));
    const least = Math.min(...byPool.map((group) => group.length));
    return byPool.map((group) => group.slice(0, least));
  });
  return pools.map((_, arm) => chosen.flatMap((byPool) => byPool[arm]!));
}
