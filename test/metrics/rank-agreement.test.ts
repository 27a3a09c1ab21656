import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { kendall, spearman } from "fusion/dist/metrics/rank-agreement";

const near = (got: number, wanted: number): void =>
  assert.ok(Math.abs(got - wanted) < 1e-12, `${got} for ${wanted}`);

test("by hand: one exchanged pair of four leaves 5 − 1 of 6 pairs, and 1 − 6 · 2 / (4 · 15)", () => {
  near(kendall([1, 2, 3, 4], [1, 2, 4, 3]), 4 / 6);
  near(spearman([1, 2, 3, 4], [1, 2, 4, 3]), 0.8);
  // a tie tells one pair less: 5 concordant of √(5 · 6)
  near(kendall([1, 2, 3, 3], [1, 2, 3, 4]), 5 / Math.sqrt(30));
  near(spearman([1, 2, 3, 3], [1, 2, 3, 4]), 4.5 / Math.sqrt(4.5 * 5));
});

test("the same order is 1, the opposite −1, and a list that tells nothing apart has none", () => {
  const values = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(values, (x) => {
      for (const agreement of [kendall, spearman]) {
        near(
          agreement(
            x,
            x.map((v) => v ** 3),
          ),
          1,
        );
        near(
          agreement(
            x,
            x.map((v) => -v),
          ),
          -1,
        );
        assert.ok(
          Number.isNaN(
            agreement(
              x,
              x.map(() => 7),
            ),
          ),
        );
      }
    }),
    { seed: 1 },
  );
});

test("over all orders of four the mean agreement is 0", () => {
  const orders = (rest: readonly number[]): number[][] =>
    rest.length === 0
      ? [[]]
      : rest.flatMap((first) => orders(rest.filter((n) => n !== first)).map((o) => [first, ...o]));
  for (const agreement of [kendall, spearman])
    near(orders([1, 2, 3, 4]).reduce((sum, order) => sum + agreement([4, 1, 3, 2], order), 0) / 24, 0);
  assert.throws(() => kendall([1], [1, 2]), /expected two values of each thing, got 1 and 2/);
});
