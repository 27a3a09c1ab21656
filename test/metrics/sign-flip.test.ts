import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { holm } from "fusion/dist/metrics/holm";
import { signFlipTest } from "fusion/dist/metrics/sign-flip";

test("by hand: of 1, 2, 3 only + + + and − − − reach 6, 2 of 8", () => {
  assert.deepEqual(signFlipTest([1, 2, 3]), { p: 0.25, exact: true, flips: 8 });
  // ±1 ±2 ∓3: |0|, |2|, |4|, |6|; the observed 4 is reached by two of ±1 ±2 ±3 more
  assert.equal(signFlipTest([-1, 2, 3]).p, 0.5);
});

test("differences that cancel say nothing, and one person never does", () => {
  assert.equal(signFlipTest([1, -1]).p, 1);
  assert.equal(signFlipTest([0.3]).p, 1);
  assert.equal(signFlipTest([0, 0, 0]).p, 1);
});

test("eight people of one opinion are as sure as eight can be, at any scale: 2 / 256", () => {
  const same = [0.1, 0.2, 0.3, 0.1, 0.1, 0.7, 0.3, 0.2];
  for (const scale of [1, 1e-9, 1e9]) assert.equal(signFlipTest(same.map((d) => scale * d)).p, 2 / 256);
});

test("the exact test agrees with a slow one that counts integers", () => {
  const slow = (differences: readonly number[]): number => {
    const n = differences.length;
    const total = Math.abs(differences.reduce((a, b) => a + b, 0));
    const sums = Array.from({ length: 2 ** n }, (_, flip) =>
      Math.abs(differences.reduce((sum, d, i) => sum + ((flip >> i) % 2 ? d : -d), 0)),
    );
    return sums.filter((sum) => sum >= total).length / sums.length;
  };
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 9 }), (whole) => {
      // tenths and their sums are rounded: equal sums must still count as equal
      assert.equal(signFlipTest(whole.map((d) => d / 10)).p, slow(whole));
    }),
    { seed: 1, numRuns: 200 },
  );
});

/** Two-sided, of n fair coins `heads` or more alike. */
function binomial(n: number, heads: number): number {
  let choose = 1; // n over k
  let tail = 0;
  for (let k = 0; k <= n; k++) {
    if (k >= heads) tail += choose / 2 ** n;
    choose *= (n - k) / (k + 1);
  }
  return 2 * tail;
}

const coins = (n: number, heads: number): number[] =>
  Array.from({ length: n }, (_, i) => (i < heads ? 1 : -1));

test("of 23 and of 40 people all flips are counted: the binomial distribution, to the last flip", () => {
  for (const [n, heads] of [
    [23, 16],
    [40, 29],
  ] as const) {
    const { p, exact, flips } = signFlipTest(coins(n, heads));
    assert.deepEqual([exact, flips], [true, 2 ** n]);
    assert.equal(Math.round(p * flips), Math.round(binomial(n, heads) * flips));
  }
});

test("beyond 40 people flips are drawn, and agree with the binomial distribution", () => {
  const differences = coins(44, 30);
  const { p, exact, flips } = signFlipTest(differences, { seed: 3 });
  const expected = binomial(44, 30);
  assert.deepEqual([exact, flips], [false, 100_001]);
  assert.ok(Math.abs(p - expected) < 4 * Math.sqrt(expected / flips), `${p} for ${expected}`);
  assert.equal(signFlipTest(differences, { seed: 3 }).p, p);
  assert.notEqual(signFlipTest(differences, { seed: 4 }).p, p);
});

test("signFlipTest names what is no difference", () => {
  assert.throws(() => signFlipTest([0.1, NaN]), {
    message: "signFlipTest: expected 1 or more finite differences, got [0.1, NaN]; give one for each subject",
  });
});

test("holm, by hand: 0.01, 0.03, 0.04 become 0.03, 0.06, 0.06", () => {
  assert.deepEqual(
    holm([0.04, 0.01, 0.03]).map((p) => Number(p.toFixed(12))),
    [0.06, 0.03, 0.06],
  );
  assert.deepEqual(holm([0.5, 0.9]), [1, 1]);
  assert.deepEqual(holm([]), []);
});
