import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { jit } from "fusion";

const slope = tf.tensor3d([
  [
    [1, 10],
    [2, 20],
    [3, 30],
  ],
  [
    [4, 40],
    [5, 50],
    [6, 60],
  ],
]);

/** Gradients of Σ slope · (a + b). */
const gradients = ({ a, b }: tf.NamedTensorMap): tf.NamedTensorMap => {
  const [da, db] = tf.grads((a, b) => a!.add(b!).mul(slope).sum())([a!, b!]);
  return { da: da!, db: db! };
};

for (const [how, run] of [
  ["eager", gradients],
  ["compiled", jit("add", gradients, [])],
] as const) {
  test(`a bias collects the gradients of its rows, ${how}`, () => {
    const { da, db } = run({ a: tf.zeros([2, 3, 2]), b: tf.zeros([2]) });
    assert.deepEqual([...db!.dataSync()], [21, 210]);
    assert.deepEqual(da!.arraySync(), slope.arraySync());
  });

  test(`it may come first, and with axes of size 1, ${how}`, () => {
    const { da, db } = run({ a: tf.zeros([1, 1, 2]), b: tf.zeros([2, 3, 2]) });
    assert.deepEqual(da!.arraySync(), [[[21, 210]]]);
    assert.deepEqual(db!.arraySync(), slope.arraySync());
  });

  test(`other shapes have tfjs's gradient: a number, a column, another axis, ${how}`, () => {
    const a = tf.zeros([2, 3, 2]);
    const of = (b: tf.Tensor): unknown => run({ a, b })["db"]!.arraySync();
    assert.deepEqual(of(tf.scalar(0)), 231);
    assert.deepEqual(of(tf.zeros([3, 1])), [[55], [77], [99]]);
    assert.deepEqual(of(tf.zeros([3, 2])), [
      [5, 50],
      [7, 70],
      [9, 90],
    ]);
    assert.deepEqual(of(tf.zeros([2, 3, 2])), slope.arraySync());
  });
}
