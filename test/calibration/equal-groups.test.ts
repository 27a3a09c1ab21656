/** Groups of equally many numbers: by buckets as by a sort, however the numbers crowd. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { equalMassBins, equalWidthBins } from "fusion/dist/calibration/bins";
import { classBinsOf } from "fusion/dist/calibration/class-bins";
import { classTable } from "fusion/dist/calibration/class-table";
import { equalGroups } from "fusion/dist/calibration/equal-groups";

/** By comparing: rank r is in the group whose members begin at or before r. */
function slowGroups(values: Float64Array, groups: number): number[] {
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b);
  const [least, larger] = [Math.floor(values.length / groups), values.length % groups];
  const sizes = Array.from({ length: groups }, (_, g) => least + (g < larger ? 1 : 0));
  const group = new Array<number>(values.length);
  sizes.flatMap((size, g) => new Array<number>(size).fill(g)).forEach((g, rank) => (group[order[rank]!] = g));
  return group;
}

/** Longer than what is simply sorted; each takes a number of 0 … 1 to one that crowds in its own way. */
const crowds: Record<string, (u: number) => number> = {
  "evenly spread": (u) => u,
  "near 0, as the classes that are not": (u) => Math.exp(-60 * u),
  "near 1, as of a model that is too sure": (u) => 1 - Math.exp(-30 * u),
  "equal in dozens": (u) => Math.round(50 * u) / 50,
  "nearly all exactly 1": (u) => (u < 0.9 ? 1 : u),
  "all equal": () => 0.25,
  "rounded over 1, and below 0": (u) => 1.5 * u - 0.25,
  "half exactly 0": (u) => Math.max(0, u - 0.5),
};

for (const [name, crowd] of Object.entries(crowds))
  test(`numbers ${name} are grouped as a stable sort groups them`, () => {
    let state = 7;
    const next = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
    const values = Float64Array.from({ length: 9001 }, () => crowd(next()));
    for (const groups of [1, 2, 15, 64]) {
      assert.deepEqual([...equalGroups(values, groups)], slowGroups(values, groups), `${groups} groups`);
      // a view into a longer array: its own bits, not its neighbours'
      const longer = new Float64Array(values.length + 3);
      longer.set(values, 3);
      assert.deepEqual(equalGroups(longer.subarray(3), groups), equalGroups(values, groups));
    }
  });

test("few numbers are grouped as a stable sort groups them, groups without any included", () => {
  const value = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.5, 1));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 30 }), fc.integer({ min: 1, max: 20 }), (values, groups) => {
      const numbers = Float64Array.from(values, (v) => v + 0);
      assert.deepEqual([...equalGroups(numbers, groups)], slowGroups(numbers, groups));
    }),
    { seed: 1 },
  );
});

test("a number that is none is named, among few and among many", () => {
  for (const length of [3, 5000]) {
    const values = new Float64Array(length).fill(0.3);
    values[2] = NaN;
    assert.throws(() => equalGroups(values, 2), /expected numbers, got NaN at 2; look for it where/);
  }
});

test("a bin of equally many windows says its least and largest promise, an empty one nothing", () => {
  const [first, second, ...others] = equalMassBins(Float64Array.from([0.7, 0.2, 0.4]), [1, 0, 1], 5);
  assert.deepEqual([first!.lower, first!.upper, first!.accuracy], [0.2, 0.2, 0]);
  assert.deepEqual([second!.lower, second!.count], [0.4, 1]);
  assert.deepEqual(
    others.map(({ count, lower }) => [count, lower]),
    [
      [1, 0.7],
      [0, NaN],
      [0, NaN],
    ],
  );
});

test("one pass over all classes has the bins that each class has alone", () => {
  const edge = fc.integer({ min: 0, max: 15 }).map((b) => b / 15);
  const promise = fc.oneof(edge, fc.double({ min: 0, max: 1, noNaN: true }));
  const row = fc.tuple(fc.tuple(promise, promise, promise), fc.integer({ min: 0, max: 2 }));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), (rows) => {
      const table = classTable(rows.map(([p]) => p));
      const labels = rows.map(([, label]) => label);
      const { counts, came, promised, zeros } = classBinsOf("test", table, labels, 15);
      for (let k = 0; k < 3; k++) {
        const alone = equalWidthBins(
          Float64Array.from(rows, ([p]) => p[k]!),
          labels.map((label) => (label === k ? 1 : 0)),
        );
        alone.forEach(({ count, confidence, accuracy }, b) => {
          assert.equal(counts[15 * k + b], count);
          if (count === 0) return;
          assert.equal(came[15 * k + b]! / count, accuracy);
          assert.equal(promised[15 * k + b]! / count, confidence);
        });
        assert.equal(zeros[k], rows.filter(([p]) => p[k] === 0).length);
      }
    }),
    { seed: 1 },
  );
});
