import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  publishedAccuracies,
  publishedConstants,
  publishedImportance as publishedNumbers,
  publishedSensors,
  publishedWindowCount,
  type PublishedFusion,
} from "fusion/dist/experiments/published-table";
import {
  alone,
  type Importance,
  leaveOneOut,
  publishedImportance,
  type SetValue,
  shapley,
} from "fusion/dist/metrics/importance";
import { subsetsOf } from "fusion/dist/metrics/subsets";

const walking = publishedConstants.walking / publishedWindowCount;
const lying = publishedConstants.lying / publishedWindowCount;
const valueOf =
  (fusion: PublishedFusion, empty = walking): SetValue =>
  (present) =>
    present.length === 0 ? empty : publishedAccuracies(fusion)[present.join("+")]!;
const all = Object.values;
const sum = (values: Importance): number => all(values).reduce((a, b) => a + b, 0);
/** The tables have so many digits. */
const digits = (values: Importance, count: number): number[] =>
  all(values).map((x) => Number(x.toFixed(count)) + 0);

const raw = {
  early: [0.160184, 0.224702, 0.158898, -0.089108],
  late: [0.154958, 0.222692, 0.176188, -0.087717],
  hybrid: [0.207408, 0.285114, 0.26007, -0.02819],
};
const shapleyTable = {
  early: [0.257677, 0.317893, 0.256476, 0],
  late: [0.249099, 0.312318, 0.268914, 0],
  hybrid: [0.24268, 0.313447, 0.289858, -0.007763],
};
const left = {
  early: [0.03997, 0.07068, 0.04049, 0],
  late: [0.04581, 0.07137, 0.05335, 0],
  hybrid: [0.62481, 0.74593, 0.70904, 0.00172],
};

for (const fusion of ["early", "late", "hybrid"] as const)
  test(`from the published right answers of ${fusion} fusion follow all four tables of importance`, () => {
    const found = publishedImportance(publishedSensors, valueOf(fusion));
    assert.deepEqual(digits(found.normalised, 6), all(publishedNumbers[fusion]));
    assert.deepEqual(digits(found.raw, 6), raw[fusion]);
    assert.deepEqual(digits(shapley(publishedSensors, valueOf(fusion)), 6), shapleyTable[fusion]);
    assert.deepEqual(digits(leaveOneOut(publishedSensors, valueOf(fusion)), 5), left[fusion]);
  });

test("the hybrid's Shapley values hang on what no sensor is worth: its own constant answer instead of the commonest", () => {
  const values = shapley(publishedSensors, valueOf("hybrid", lying));
  assert.deepEqual(digits(values, 6), [0.248685, 0.319452, 0.295863, -0.001758]);
});

test("a dead sensor is worth exactly 0, and the published formula gives it (v(none) − mean without it) / 8", () => {
  for (const fusion of ["early", "late"] as const) {
    const value = valueOf(fusion);
    assert.equal(shapley(publishedSensors, value)["heart"], 0);
    assert.equal(leaveOneOut(publishedSensors, value)["heart"], 0);
    assert.equal(alone(publishedSensors, value)["heart"], 0);
    const without = subsetsOf(["hand", "chest", "ankle"]).filter((set) => set.length > 0);
    const mean = without.reduce((total, set) => total + value(set), 0) / 7;
    const given = publishedImportance(publishedSensors, value).raw["heart"]!;
    assert.ok(Math.abs(given - (value([]) - mean) / 8) < 1e-15 && given < -0.08);
  }
});

const names = ["a", "b", "c", "d"];
const sets = subsetsOf(names);
const game = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 16, maxLength: 16 });
const valueIn =
  (worth: readonly number[]): SetValue =>
  (present) =>
    worth[sets.findIndex((set) => set.join() === present.join())]!;
/** 8 differences of numbers up to 1 with weights that sum to 1, and 4 of these sums. */
const rounding = 1e-14;

test("Shapley values add up to v(all) − v(none)", () => {
  fc.assert(
    fc.property(game, (worth) => {
      const value = valueIn(worth);
      assert.ok(Math.abs(sum(shapley(names, value)) - (value(names) - value([]))) < rounding);
    }),
    { seed: 1 },
  );
});

test("one that adds nothing to any set is worth 0, and two that add the same to every set are worth the same", () => {
  fc.assert(
    fc.property(game, (worth) => {
      const value = valueIn(worth);
      const dummy = shapley(names, (set) => value(set.filter((name) => name !== "b")));
      assert.equal(dummy["b"], 0);
      const swapped = (set: readonly string[]): string[] =>
        names.filter((name) => set.includes(name === "a" ? "c" : name === "c" ? "a" : name));
      const twins = shapley(names, (set) => value(set) + value(swapped(set)));
      assert.ok(Math.abs(twins["a"]! - twins["c"]!) < rounding);
    }),
    { seed: 1 },
  );
});

test("Shapley values are the mean of what each adds, over all orders of arrival", () => {
  const orders = (rest: readonly string[]): string[][] =>
    rest.length === 0
      ? [[]]
      : rest.flatMap((first) => orders(rest.filter((n) => n !== first)).map((o) => [first, ...o]));
  fc.assert(
    fc.property(game, (worth) => {
      const value = valueIn(worth);
      const found = shapley(names, value);
      const inOrder = (set: readonly string[]): string[] => names.filter((name) => set.includes(name));
      for (const name of names) {
        const added = orders(names).map((order) => {
          const before = order.slice(0, order.indexOf(name));
          return value(inOrder([...before, name])) - value(inOrder(before));
        });
        assert.ok(Math.abs(added.reduce((a, b) => a + b) / 24 - found[name]!) < rounding);
      }
    }),
    { seed: 1, numRuns: 20 },
  );
});

test("by hand: of two that say the same, each is worth half, alone all, and left out nothing", () => {
  const value: SetValue = (set) => (set.length > 0 ? 1 : 0);
  assert.deepEqual(shapley(["a", "b"], value), { a: 0.5, b: 0.5 });
  assert.deepEqual(alone(["a", "b"], value), { a: 1, b: 1 });
  assert.deepEqual(leaveOneOut(["a", "b"], value), { a: 0, b: 0 });
  assert.deepEqual(publishedImportance(["a", "b"], value).raw, { a: 0, b: 0 });
});
