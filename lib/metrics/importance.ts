/** What a sensor is worth, from the worth of every set of sensors. */
import { subsetsOf } from "./subsets";

/** The worth v of a set of players, given in the order of all; also of the empty one. */
export type SetValue = (present: readonly string[]) => number;

/** Of each player, in the order of `names`. */
export type Importance = Readonly<Record<string, number>>;

/**
 * φᵢ = Σ_{S ∌ i} |S|! (n − |S| − 1)! / n! · (v(S ∪ i) − v(S)): what i adds to those before it, in the mean over all
 * orders of arrival (Shapley 1953). The values add up to v(all) − v(none), so v(none) has to be said with them.
 */
export function shapley(names: readonly string[], value: SetValue): Importance {
  const n = names.length;
  const worth = tabulated(names, value);
  return forEach(names, (i) => {
    let sum = 0;
    for (const [bits, v] of worth.entries()) {
      if (bits & (1 << i)) continue;
      const size = countBits(bits);
      sum += ((factorial(size) * factorial(n - size - 1)) / factorial(n)) * (worth[bits | (1 << i)]! - v);
    }
    return sum;
  });
}

/** v(all) − v(all but i): what is lost with i while all others are there; 0 for each of two that say the same. */
export const leaveOneOut = (names: readonly string[], value: SetValue): Importance =>
  forEach(names, (i) => value(names) - value(names.filter((_, other) => other !== i)));

/** v(i) − v(none): what i says when it is the only one left. */
export const alone = (names: readonly string[], value: SetValue): Importance =>
  forEach(names, (i) => value([names[i]!]) - value([]));

export interface PublishedImportance {
  readonly raw: Importance;
  /** raw / Σ |raw|, which hides how much there is to share. */
  readonly normalised: Importance;
}

/**
 * As published: the mean of v over the 2ⁿ⁻¹ sets with i, minus the mean over the 2ⁿ⁻¹ − 1 sets without i, the empty one
 * left out.
 *
 * Sets with i are larger (2.5 of 4 sensors in the mean, against 1.71), so that every sensor is credited with the
 * company that it keeps; one that adds nothing to any set gets (v(none) − mean without i) / 2ⁿ⁻¹, which is below 0.
 */
export function publishedImportance(names: readonly string[], value: SetValue): PublishedImportance {
  const sets = subsetsOf(names).filter((set) => set.length > 0);
  const raw = forEach(names, (i) => {
    const mean = (chosen: readonly string[][]): number =>
      chosen.reduce((sum, set) => sum + value(set), 0) / chosen.length;
    const has = (set: readonly string[]): boolean => set.includes(names[i]!);
    return mean(sets.filter(has)) - mean(sets.filter((set) => !has(set)));
  });
  const size = Object.values(raw).reduce((sum, x) => sum + Math.abs(x), 0);
  return { raw, normalised: forEach(names, (i) => raw[names[i]!]! / size) };
}

const forEach = (names: readonly string[], worthOf: (player: number) => number): Importance =>
  Object.fromEntries(names.map((name, i) => [name, worthOf(i)]));

/** v by the bits of the set: bit i is there where player i is. */
const tabulated = (names: readonly string[], value: SetValue): number[] =>
  Array.from({ length: 2 ** names.length }, (_, bits) => value(names.filter((_, i) => bits & (1 << i))));

const countBits = (bits: number): number => (bits === 0 ? 0 : (bits & 1) + countBits(bits >> 1));

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
