import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { jit } from "fusion";

const pool = (x: tf.Tensor, size: number): tf.Tensor =>
  tf.layers.maxPooling1d({ poolSize: size }).apply(x) as tf.Tensor;
const gradient =
  (size: number) =>
  ({ x, dy }: tf.NamedTensorMap): tf.NamedTensorMap => ({ dx: tf.grad((x) => pool(x, size))(x!, dy!) });

for (const way of ["eager", "compiled"] as const)
  test(`the first of the largest steps of a group gets its gradient, a step of no group none, ${way}`, () => {
    const step = gradient(2);
    const run = way === "eager" ? step : jit("pool", step, []);
    const x = tf.tensor3d([1, 5, 4, 4, 9, 2, 3], [1, 7, 1]);
    const { dx } = run({ x, dy: tf.tensor3d([10, 20, 30], [1, 3, 1]) });
    assert.deepEqual([...dx!.dataSync()], [0, 10, 20, 0, 30, 0, 0]);
  });

test("so it is for any size, with ties, in every channel", () => {
  const shapes = fc.record({
    ...{ time: fc.integer({ min: 4, max: 13 }), size: fc.integer({ min: 1, max: 4 }) },
    ...{ channels: fc.integer({ min: 1, max: 3 }), seed: fc.nat(99) },
  });
  const property = fc.property(shapes, ({ time, size, channels, seed }) => {
    const x = tf.randomUniform<tf.Rank.R3>([2, time, channels], 0, 3, "float32", seed).floor() as tf.Tensor3D; // 0, 1, 2
    const groups = Math.floor(time / size);
    const dy = tf.randomNormal<tf.Rank.R3>([2, groups, channels], 0, 1, "float32", seed);
    const expected = tf.buffer([2, time, channels]);
    const [values, slopes] = [x.arraySync(), dy.arraySync()];
    for (let b = 0; b < 2; b++)
      for (let g = 0; g < groups; g++)
        for (let c = 0; c < channels; c++) {
          const group = values[b]!.slice(g * size, (g + 1) * size).map((row) => row[c]!);
          expected.set(slopes[b]![g]![c]!, b, g * size + group.indexOf(Math.max(...group)), c);
        }
    const { dx } = gradient(size)({ x, dy });
    assert.deepEqual(dx!.arraySync(), expected.toTensor().arraySync());
  });
  fc.assert(property, { seed: 1, numRuns: 60 });
});

test("nothing stays in memory", () => {
  const [x, dy] = [tf.ones([1, 6, 2]), tf.ones([1, 3, 2])];
  const before = tf.memory().numTensors;
  tf.dispose(gradient(2)({ x, dy }));
  assert.equal(tf.memory().numTensors, before);
});
