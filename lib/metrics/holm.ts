/** Several tests at once: the chance of one false alarm among all of them. */

/**
 * Holm's step-down adjustment: the k-th smallest of m values is multiplied by m − k + 1, never below the one before it,
 * at most 1. To be held against the level that one test would be held against.
 *
 * @returns in the order of the values
 */
export function holm(pValues: readonly number[]): number[] {
  const adjusted = new Array<number>(pValues.length);
  let least = 0;
  [...pValues.keys()]
    .sort((a, b) => pValues[a]! - pValues[b]!)
    .forEach((at, rank) => {
      least = Math.max(least, Math.min(1, pValues[at]! * (pValues.length - rank)));
      adjusted[at] = least;
    });
  return adjusted;
}
