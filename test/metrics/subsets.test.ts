import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { publishedSensors, publishedTable } from "fusion/dist/experiments/published-table";
import { subsetName, subsetsOf } from "fusion/dist/metrics/subsets";

test("the sets of four sensors stand in the order of the published table, after the empty one", () => {
  const [empty, ...others] = subsetsOf(publishedSensors);
  assert.deepEqual(empty, []);
  assert.deepEqual(
    others,
    publishedTable.map(({ sensors }) => [...sensors]),
  );
});

test("there are 2^M sets, no two alike, from none to all", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 6 }), (names) => {
      const sets = subsetsOf(names);
      assert.equal(new Set(sets.map((set) => JSON.stringify(set))).size, 2 ** names.length);
      assert.deepEqual([sets[0], sets.at(-1)], [[], names]);
      for (const set of sets)
        assert.deepEqual(
          set,
          names.filter((name) => set.includes(name)),
        );
    }),
    { seed: 1, numRuns: 50 },
  );
});

test("a set is called by its sensors", () => {
  assert.deepEqual([[], ["hand"], ["hand", "heart"]].map(subsetName), ["none", "hand", "hand+heart"]);
});
