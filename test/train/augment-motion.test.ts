import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Batch } from "fusion/dist/data/gather-batch";
import { randomFor } from "fusion/dist/random";
import { changeMotion } from "fusion/dist/train/augment-motion";

/** One window of one modality "a"; rows of channels, and which steps are valid. */
function batchOf(rows: readonly (readonly number[])[], validity: readonly number[]): Batch {
  const plain = (shape: number[], values: readonly number[]) => ({
    shape,
    values: Float32Array.from(values),
  });
  return {
    inputs: {
      a_values: plain([1, rows.length, rows[0]!.length], rows.flat()),
      a_validity: plain([1, rows.length], validity),
      presence: plain([1, 1], [1]),
    },
    targets: plain([1, 1], [0]),
  };
}
const scaler = (mean: readonly number[], deviation: readonly number[]) => ({
  a: { mean, deviation, count: mean.map(() => 1) },
});
const plainScale = (width: number) =>
  scaler(
    Array.from({ length: width }, () => 0),
    Array.from({ length: width }, () => 1),
  );
const values = (batch: Batch): number[] => Array.from(batch.inputs["a_values"]!.values);
const validity = (batch: Batch): number[] => Array.from(batch.inputs["a_validity"]!.values);

test("a turn keeps lengths and angles in measured units, whatever the scaler", () => {
  const vector = fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: -50, max: 50 })));
  fc.assert(
    fc.property(vector, vector, fc.integer({ min: 1, max: 99 }), (v, w, seed) => {
      const [mean, deviation] = [
        [1, -2, 3, 0, 5, 1],
        [2, 0.5, 4, 1, 2, 3],
      ];
      const scaled = [...v, ...w].map((x, c) => (x - mean[c]!) / deviation[c]!);
      const batch = batchOf([scaled], [1]);
      changeMotion(batch, ["a"], { turn: 1 }, scaler(mean, deviation), randomFor(seed, "test"));
      const found = values(batch).map((x, c) => x * deviation[c]! + mean[c]!);
      const dot = (p: readonly number[], q: readonly number[]): number =>
        p.reduce((sum, x, i) => sum + x * q[i]!, 0);
      const [a, b] = [found.slice(0, 3), found.slice(3)];
      // float32 holds scaled numbers of up to 110 to 2⁻¹⁷; times deviations of up to 4 and lengths of up to 87, six products
      const slack = 6 * 4 * 2 ** -17 * 90 * 2;
      for (const [x, y] of [
        [dot(a, a), dot(v, v)],
        [dot(b, b), dot(w, w)],
        [dot(a, b), dot(v, w)],
      ] as const)
        assert.ok(Math.abs(x - y) <= slack, `${x} ${y}`);
    }),
    { seed: 1 },
  );
});

test("a gain multiplies measured units: 0 m stays 0 m, though it is not 0 after scaling", () => {
  const batch = batchOf([[-2], [0]], [1, 1]); // 0 and 4 in measured units
  changeMotion(batch, ["a"], { gain: 0.5 }, scaler([4], [2]), randomFor(1, "test"));
  const [zero, four] = values(batch);
  assert.equal(zero, -2);
  assert.ok(Math.abs(four!) > 1e-3, "another gain than 1");
});

test("another speed reads between neighbours, and is invalid where it would read outside or beside a gap", () => {
  const rows = [0, 1, 2, 3, 4, 5, 6].map((x) => [x]);
  let [slower, faster] = [0, 0];
  const random = randomFor(1, "test");
  for (let round = 0; round < 20; round++) {
    const batch = batchOf(rows, [1, 1, 1, 1, 1, 1, 0]);
    changeMotion(batch, ["a"], { speed: 0.5 }, plainScale(1), random);
    const [x, valid] = [values(batch), validity(batch)];
    assert.equal(x[3], 3); // the middle stays
    const pace = 3 - x[2]!;
    assert.ok(pace >= 0.5 && pace <= 1.5);
    x.forEach((value, step) => {
      const place = 3 + (step - 3) * pace;
      const known = place > -1e-6 && place < 5 + 1e-6; // step 6 is a gap
      assert.equal(valid[step], known ? 1 : 0, `${place}`);
      assert.ok(Math.abs(value - (known ? place : 0)) < 1e-5, `${value} ${place}`); // float32 of pace, times 3
    });
    if (pace < 1) slower++;
    else faster++;
  }
  assert.ok(slower > 0 && faster > 0);
});

test("nothing told, nothing changed; closed steps stay closed; no triples, no turn", () => {
  const batch = () =>
    batchOf(
      [
        [1, 2, 3],
        [0, 0, 0],
      ],
      [1, 0],
    );
  const same = batch();
  changeMotion(same, ["a"], {}, plainScale(3), randomFor(1, "test"));
  assert.deepEqual(same, batch());
  const turned = batch();
  changeMotion(turned, ["a"], { turn: 1, gain: 1 }, scaler([1, 1, 1], [1, 1, 1]), randomFor(1, "test"));
  assert.deepEqual(values(turned).slice(3), [0, 0, 0]);
  assert.notDeepEqual(values(turned).slice(0, 3), [1, 2, 3]);
  assert.throws(
    () => changeMotion(batchOf([[1, 2]], [1]), ["a"], { turn: 1 }, plainScale(2), randomFor(1, "test")),
    {
      message: "changeMotion: a: expected triples of channels, got 2 channels; set turn to 0 for such data",
    },
  );
});
