import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { jit } from "fusion";
import { keepWhere } from "fusion/dist/engine/keep-where";

const x = tf.tensor2d([
  [1, NaN, Infinity],
  [-2, 3, -Infinity],
]);
const open = tf.tensor2d([
  [1, 0, 0],
  [0, 1, 0],
]);
const step = ({ x, open }: tf.NamedTensorMap): tf.NamedTensorMap => ({
  y: keepWhere(x!, open!),
  dx: tf.grad((x) =>
    keepWhere(x, open!)
      .mul(tf.tensor1d([7, 7, 7]))
      .sum(),
  )(x!),
});

for (const [way, run] of [
  ["eager", step],
  ["compiled", jit("keepWhere", step, [])],
] as const)
  test(`${way}: what is closed is 0, also where it held NaN or Infinity, and has no gradient`, () => {
    const { y, dx } = run({ x, open });
    assert.deepEqual([...y!.dataSync()], [1, 0, 0, 0, 3, 0]);
    assert.deepEqual([...dx!.dataSync()], [7, 0, 0, 0, 7, 0]);
  });

test("a mask of one column closes rows", () => {
  const rows = keepWhere(x, tf.tensor2d([[0], [1]]));
  assert.deepEqual([...rows.dataSync()], [0, 0, 0, -2, 3, -Infinity]);
});

test("a gradient that is not finite stops at what is closed", () => {
  const steep = tf.grad((x) => keepWhere(x, open).mul(Infinity).sum())(x);
  assert.deepEqual([...steep.dataSync()], [Infinity, 0, 0, 0, Infinity, 0]);
});

test("no tensor stays behind", () => {
  const before = tf.memory().numTensors;
  tf.dispose(keepWhere(x, open));
  tf.dispose(tf.grad((x) => keepWhere(x, open).sum())(x));
  assert.equal(tf.memory().numTensors, before);
});
