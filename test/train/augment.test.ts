import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Batch, gatherBatch } from "fusion/dist/data/gather-batch";
import { randomFor } from "fusion/dist/random";
import { dropModalities, remove, shiftInTime } from "fusion/dist/train/augment";
import { problemWindows } from "./problem";

const names = ["a", "b", "c"];

/** Every number is its place + 1, so that nothing is zero by chance. */
function batchOf(
  windows: number,
  presence: readonly number[] = new Array<number>(windows * 3).fill(1),
): Batch {
  const count = (shape: readonly number[]) => {
    const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i + 1);
    return { shape, values };
  };
  const inputs = names.map((name) => [
    [`${name}_values`, count([windows, 4, 2])],
    [`${name}_validity`, { shape: [windows, 4], values: new Float32Array(windows * 4).fill(1) }],
  ]);
  return {
    inputs: {
      ...(Object.fromEntries(inputs.flat()) as Batch["inputs"]),
      presence: { shape: [windows, 3], values: Float32Array.from(presence) },
    },
    targets: { shape: [windows, 1], values: new Float32Array(windows) },
  };
}

test("what is dropped leaves nothing: values, validity and presence are 0; what stays is untouched", () => {
  const random = fc.record({
    seed: fc.integer(),
    rate: fc.double({ min: 0.01, max: 1, noNaN: true }),
    presence: fc.array(fc.constantFrom(0, 1), { minLength: 15, maxLength: 15 }),
  });
  const property = fc.property(random, ({ seed, rate, presence }) => {
    const [batch, before] = [batchOf(5, presence), batchOf(5, presence)];
    dropModalities(batch, names, rate, randomFor(seed, "test"));
    const after = batch.inputs["presence"]!.values;
    for (let w = 0; w < 5; w++) {
      const was = presence.slice(3 * w, 3 * w + 3);
      const is = [...after.subarray(3 * w, 3 * w + 3)];
      assert.ok(!was.includes(1) || is.includes(1), "one that was present remains");
      names.forEach((name, m) => {
        assert.ok(is[m]! <= was[m]!, "none appears");
        const [dropped, rows] = [is[m] !== was[m], [`${name}_values`, `${name}_validity`]];
        for (const row of rows) {
          const { values, shape } = batch.inputs[row]!;
          const size = values.length / shape[0]!;
          const expected = dropped
            ? new Array<number>(size).fill(0)
            : [...before.inputs[row]!.values.subarray(w * size, (w + 1) * size)];
          assert.deepEqual([...values.subarray(w * size, (w + 1) * size)], expected, `${row} of window ${w}`);
        }
      });
    }
  });
  fc.assert(property, { seed: 1, numRuns: 200 });
});

test("modalities go missing at the rate that was asked for", () => {
  // all three would go with r³, and then one of them comes back: a modality goes with r - r³ / 3
  const [windows, rate] = [20_000, 0.4];
  const batch = batchOf(windows);
  dropModalities(batch, names, rate, randomFor(1, "rate"));
  const expected = rate - rate ** 3 / 3;
  const error = Math.sqrt((expected * (1 - expected)) / windows);
  const presence = batch.inputs["presence"]!.values;
  names.forEach((name, m) => {
    const gone = presence.filter((p, i) => i % 3 === m && p === 0).length / windows;
    assert.ok(Math.abs(gone - expected) < 5 * error, `${name}: expected ${expected}, got ${gone}`); // five standard errors
  });
});

test("a rate of 0 changes nothing and draws nothing; a rate of 1 leaves one modality", () => {
  const batch = batchOf(50);
  dropModalities(batch, names, 0, {
    ...randomFor(1, "x"),
    uniform: () => assert.fail("expected no draw"),
  });
  assert.deepEqual(batch, batchOf(50));
  dropModalities(batch, names, 1, randomFor(1, "all"));
  const presence = batch.inputs["presence"]!.values;
  for (let w = 0; w < 50; w++) assert.equal(presence.subarray(3 * w, 3 * w + 3).filter(Boolean).length, 1);
});

test("remove empties one modality of one window", () => {
  const batch = batchOf(2);
  remove(batch, names, 1, 0);
  assert.deepEqual([...batch.inputs["a_values"]!.values], [1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual([...batch.inputs["a_validity"]!.values], [1, 1, 1, 1, 0, 0, 0, 0]);
  assert.deepEqual([...batch.inputs["presence"]!.values], [1, 1, 1, 0, 1, 1]);
});

test("shiftInTime moves all modalities of a window together; what comes in is invalid and 0", () => {
  const draws = [1, 0, 0.5]; // by = (2u - 1) · 0.5 of 4 steps: +2, -2, 0
  const random = { ...randomFor(1, "x"), uniform: () => draws.shift()! };
  const batch = batchOf(3);
  shiftInTime(batch, names, 0.5, random);
  for (const name of names) {
    const { values } = batch.inputs[`${name}_values`]!;
    assert.deepEqual([...values.subarray(0, 8)], [0, 0, 0, 0, 1, 2, 3, 4], "two steps later");
    assert.deepEqual([...values.subarray(8, 16)], [13, 14, 15, 16, 0, 0, 0, 0], "two steps earlier");
    assert.deepEqual([...values.subarray(16, 24)], [17, 18, 19, 20, 21, 22, 23, 24], "as it was");
    const validity = [...batch.inputs[`${name}_validity`]!.values];
    assert.deepEqual(validity, [0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1]);
  }
});

test("a shift never reaches into the window beside, and draws one number a window", () => {
  const windows = problemWindows(["s1"]);
  const [batch, before] = [0, 1].map(() => gatherBatch(windows, [3, 40]));
  const random = randomFor(3, "shift");
  shiftInTime(batch!, windows.names, 0.5, random);
  for (const name of windows.names) {
    const { values, shape } = batch!.inputs[`${name}_values`]!;
    const size = values.length / shape[0]!;
    for (let w = 0; w < 2; w++) {
      const own = new Set(before!.inputs[`${name}_values`]!.values.subarray(w * size, (w + 1) * size));
      for (const x of values.subarray(w * size, (w + 1) * size)) assert.ok(x === 0 || own.has(x));
    }
  }
});
