import assert from "node:assert/strict";
import { test } from "node:test";
import { bootstrapInterval, quantile, studentInterval } from "fusion/dist/metrics/interval";
import { studentQuantile } from "fusion/dist/metrics/student-t";

test("t quantiles agree with the printed tables", () => {
  // Abramowitz & Stegun, table 26.10, as printed: to three decimals
  const table = [
    [0.975, 1, 12.706],
    [0.975, 2, 4.303],
    [0.975, 7, 2.365],
    [0.975, 8, 2.306],
    [0.95, 3, 2.353],
    [0.995, 30, 2.75],
    [0.975, 120, 1.98],
  ] as const;
  for (const [p, degrees, t] of table)
    assert.ok(Math.abs(studentQuantile(p, degrees) - t) <= 0.0005 + 1e-9, `${p}, ${degrees}`);
  assert.equal(studentQuantile(0.025, 7), -studentQuantile(0.975, 7));
  assert.ok(Math.abs(studentQuantile(0.75, 1) - 1) < 1e-12); // Cauchy: tan(π / 4)
});

test("the t interval is mean ± t s / √n", () => {
  // mean 2, s = 1, √3, t(0.975, 2) = 4.302653 (printed tables with more digits)
  const { mean, lower, upper, count } = studentInterval([1, 2, 3]);
  assert.deepEqual([mean, count], [2, 3]);
  assert.ok(Math.abs(upper - 2 - 4.302653 / Math.sqrt(3)) < 1e-6);
  assert.ok(Math.abs(lower + upper - 4) < 1e-12);
});

test("the bootstrap finds the quantiles of the exact distribution of a mean of two", () => {
  // of [0, 1]: the mean is 0, 1/2, 1 with 1/4, 1/2, 1/4; the middle 40 % is all 1/2, the middle 60 % is 0 to 1
  const values = [0, 1];
  assert.deepEqual(
    { ...bootstrapInterval(values, { seed: 1, level: 0.4 }) },
    { mean: 0.5, lower: 0.5, upper: 0.5, level: 0.4, count: 2 },
  );
  const wide = bootstrapInterval(values, { seed: 1, level: 0.6 });
  assert.deepEqual([wide.lower, wide.upper], [0, 1]);
});

test("a seed gives one bootstrap interval, another seed another", () => {
  const values = [0.31, 0.62, 0.73, 0.94, 0.55];
  assert.deepEqual(bootstrapInterval(values, { seed: 3 }), bootstrapInterval(values, { seed: 3 }));
  assert.notDeepEqual(bootstrapInterval(values, { seed: 3 }), bootstrapInterval(values, { seed: 4 }));
});

test("quantiles lie between order statistics", () => {
  assert.equal(quantile([1, 2, 4], 0.75), 3);
  assert.equal(quantile([1, 2, 4], 1), 4);
});

test("one subject has no interval, and NaN is no score", () => {
  assert.throws(() => studentInterval([0.5]), {
    message: "studentInterval: expected 2 or more finite values, got [0.5]; give one score for each subject",
  });
  assert.throws(() => bootstrapInterval([0.5, NaN], { seed: 1 }), { message: /got \[0.5, NaN\]/ });
});
