import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cutWindows } from "fusion/dist/data/cut-windows";
import { fitScaler } from "fusion/dist/data/scaler";
import { recording, sequence } from "./tiny";

const options = { lengthSeconds: 3, strideSeconds: 1 };
const train = (...windows: number[]): { train: Int32Array } => ({ train: Int32Array.from(windows) });

test("each measured sample counts once, however many windows share it", () => {
  const windows = cutWindows(
    [recording("1", [[0, 6, 0]], { modalities: { a: sequence([1, 2, NaN, 6, 100, 100], 1) } })],
    options,
  );
  // windows 0 and 1 hold samples 0 to 3: 1, 2, 6 have mean 3 and variance (4 + 1 + 9) / 3
  const { mean, deviation, count } = fitScaler(windows, train(0, 1))["a"]!;
  assert.deepEqual([mean, count], [[3], [3]]);
  assert.ok(Math.abs(deviation[0]! - Math.sqrt(14 / 3)) < 1e-12);
});

test("nothing outside the training windows can move the scaler by a bit", () => {
  const fit = (values: number[]): unknown => {
    const modalities = { a: sequence(values, 1) };
    return fitScaler(cutWindows([recording("1", [[0, 12, 0]], { modalities })], options), train(2, 3, 6));
  };
  const inside = [2, 3, 4, 5, 6, 7, 8]; // samples of windows 2, 3 and 6
  const x = Array.from({ length: 12 }, (_, i) => (i * 7) % 5);
  fc.assert(
    fc.property(fc.array(fc.float({ noNaN: true }), { minLength: 12, maxLength: 12 }), (other) =>
      assert.deepEqual(fit(x.map((v, i) => (inside.includes(i) ? v : other[i]!))), fit(x)),
    ),
    { seed: 1 },
  );
  for (const i of inside) assert.notDeepEqual(fit(x.map((v, k) => (k === i ? v + 1 : v))), fit(x), `sample ${i}`);
});

test("a filled sample is no measurement and moves nothing", () => {
  const modalities = { a: sequence([1, NaN, NaN, 4], 1) };
  const windows = cutWindows([recording("1", [[0, 4, 0]], { modalities })], {
    ...options,
    fill: { a: { kind: "hold", maxAgeSeconds: 9 } },
  });
  assert.deepEqual(fitScaler(windows, train(0, 1))["a"], { mean: [2.5], deviation: [1.5], count: [2] });
});

test("a constant channel, and one that was never measured, are left as they are", () => {
  for (const [x, mean, count] of [[0.1, Math.fround(0.1), 6] as const, [NaN, 0, 0] as const]) {
    const modalities = { a: sequence(new Array<number>(6).fill(x), 1) };
    const scale = fitScaler(cutWindows([recording("1", [[0, 6, 0]], { modalities })], options), train(0, 3))["a"]!;
    assert.ok(Math.abs(scale.mean[0]! - mean) < 1e-9);
    assert.deepEqual([scale.deviation, scale.count], [[1], [count]]);
  }
});
