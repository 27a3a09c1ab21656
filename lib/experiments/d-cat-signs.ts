/** What the paper says of signs and order, held against what was measured; its numbers are not comparable. */
import { gains, type Gain, strengthOf } from "./d-cat-summary";
import type { DCatResult } from "./d-cat-result";

export interface SignRow {
  readonly claim: string;
  readonly data: string;
  readonly direction: string;
  readonly arm: string;
  readonly measured: number;
  readonly from: number;
  readonly to: number;
  readonly sign: "as claimed" | "undecided" | "against the claim";
}

/** "About 0": within so many points of macro-F1. */
const margin = 0.02;

const plain = /^D-CAT, λ 1(, by_T|, unit_frobenius)?$/;

/** Every direction of one source whose strength is known; on the same people (ID), but for λ, which is asked wherever it was swept. */
export function signRows(results: readonly DCatResult[]): SignRow[] {
  const known = new Set(
    results.filter(({ task }) => task.method.kind === "alone").map(({ task }) => task.target),
  );
  const first = gains(results).filter(({ first: arm, split }) => plain.test(arm) && split === "id");
  const byStrength = first.flatMap((gain) => {
    const [source, target] = gain.direction.split(" → ") as [string, string];
    if (!known.has(source)) return [];
    const strength = strengthOf(results, source, target);
    if (strength === "alike") return [];
    return strength === "strong to weak"
      ? [row("strong to weak, same people: above 0", gain, above(gain))]
      : [row("weak to strong, same people: about 0", gain, near(gain))];
  });
  const arms = ["D-CAT, λ 1", "D-CAT, λ 1, by_T", "D-CAT, λ 1, unit_frobenius"];
  const swept = arms.flatMap((floor) =>
    gains(results, { floor })
      .filter(({ first: arm }) => arm === floor.replace("λ 1", "λ 10"))
      .map((gain) => row(`λ 10 below λ 1, ${gain.split.toUpperCase()}`, gain, above(negated(gain)))),
  );
  return [...byStrength, ...swept];
}

type Range = Pick<Gain, "lower" | "upper" | "verdict" | "subjects">;

const negated = (gain: Gain): Range => ({ ...gain, lower: -gain.upper, upper: -gain.lower });

const above = ({ lower, upper, subjects }: Range): SignRow["sign"] => {
  if (subjects < 6) return "undecided";
  return lower > 0 ? "as claimed" : upper < 0 ? "against the claim" : "undecided";
};

const near = ({ lower, upper, subjects }: Range): SignRow["sign"] => {
  if (subjects < 6) return "undecided";
  if (lower > -margin && upper < margin) return "as claimed";
  return lower > margin || upper < -margin ? "against the claim" : "undecided";
};

const row = (claim: string, gain: Gain, sign: SignRow["sign"]): SignRow => ({
  ...{ claim, data: gain.data, direction: gain.direction, arm: gain.first },
  ...{ measured: gain.mean, from: gain.lower, to: gain.upper, sign },
});
