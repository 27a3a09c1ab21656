/** Could these differences be chance? If it were, each person's might as well have had the other sign. */
import { randomFor } from "../random";

export interface SignFlip {
  /** Share of the flips whose mean is as far from 0 as the observed one, or farther: two-sided. */
  readonly p: number;
  /** All 2^n flips, or a sample. */
  readonly exact: boolean;
  readonly flips: number;
}

const mostExact = 20;

/**
 * The sign-flip (randomisation) test of mean 0. Of n people p cannot be below 2 / 2ⁿ: 0.0078 for eight, 0.125 for four.
 *
 * @param differences [subject]
 * @param options of more than 20 subjects so many flips are drawn, and the observed one counts among them
 */
export function signFlipTest(
  differences: readonly number[],
  { seed = 1, draws = 100_000 }: { readonly seed?: number; readonly draws?: number } = {},
): SignFlip {
  const bad = differences.findIndex((d) => !Number.isFinite(d));
  if (differences.length === 0 || bad >= 0)
    throw new Error(
      `signFlipTest: expected 1 or more finite differences, got [${differences.join(", ")}]; give one for each subject`,
    );
  const total = differences.reduce((sum, d) => sum + d, 0);
  const size = differences.reduce((sum, d) => sum + Math.abs(d), 0);
  // two sums of the same numbers in another order differ by at most 2 (n - 1) roundings of their size
  const slack = 2 * differences.length * Number.EPSILON * size;
  const isAsFar = (sum: number): boolean => Math.abs(sum) >= Math.abs(total) - slack;
  if (differences.length <= mostExact) {
    const sums = signedSums(differences);
    return { p: sums.filter(isAsFar).length / sums.length, exact: true, flips: sums.length };
  }
  const random = randomFor(seed, "sign flip");
  let far = 1;
  for (let i = 0; i < draws; i++)
    if (isAsFar(differences.reduce((sum, d) => sum + (random.integer(2) === 1 ? d : -d), 0))) far += 1;
  return { p: far / (draws + 1), exact: false, flips: draws + 1 };
}

/** Σ ±dᵢ for all 2ⁿ signs. */
function signedSums(differences: readonly number[]): Float64Array {
  const sums = new Float64Array(2 ** differences.length);
  differences.forEach((d, i) => {
    for (let at = 2 ** i - 1; at >= 0; at--) {
      sums[at + 2 ** i] = sums[at]! - d;
      sums[at]! += d;
    }
  });
  return sums;
}
