/** Three ways to pool frames, by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { AttentionPool } from "fusion/dist/encoders/attention-pool";
import { MaskedMax } from "fusion/dist/encoders/masked-max";
import { MaskedMean } from "fusion/dist/encoders/masked-mean";
import { assertClose } from "../close";

// two windows of three frames with two features; the third frame of the first is closed, and all of the second
const frames = tf.tensor3d([
  [
    [-1, 4],
    [-3, 2],
    [9, 9],
  ],
  [
    [5, 5],
    [6, 6],
    [7, 7],
  ],
]);
const validity = tf.tensor2d([
  [1, 1, 0],
  [0, 0, 0],
]);

test("the maximum is over valid frames, also where all are negative, and 0 where there is none", () => {
  const pool = new MaskedMax({ name: "max" });
  const f = (x: tf.Tensor): tf.Tensor => pool.apply([x, validity]) as tf.Tensor;
  assert.deepEqual(f(frames).arraySync(), [
    [-1, 4],
    [0, 0],
  ]);
  // it goes to the frame that is the maximum
  assert.deepEqual(tf.grad(f)(frames).arraySync(), [
    [
      [1, 1],
      [0, 0],
      [0, 0],
    ],
    [
      [0, 0],
      [0, 0],
      [0, 0],
    ],
  ]);
});

test("the mean is over valid frames, and 0 where there is none", () => {
  assert.deepEqual((new MaskedMean({ name: "mean" }).apply([frames, validity]) as tf.Tensor).arraySync(), [
    [-2, 3],
    [0, 0],
  ]);
});

test("attention weighs valid frames by the softmax of their scores, and gives 0 where there is none", () => {
  // scores 0 and ln 3: weights 1/4 and 3/4
  const scores = tf.tensor3d([
    [[0], [Math.log(3)], [50]],
    [[1], [2], [3]],
  ]);
  const pool = new AttentionPool({ name: "attention" });
  const [pooled, weights] = pool.apply([frames, scores, validity]) as tf.Tensor[];
  const atol = 8 * 2 ** -24; // an exponential, a quotient and a sum of two
  assertClose(weights!.dataSync(), [0.25, 0.75, 0, 0, 0, 0], atol);
  assertClose(pooled!.dataSync(), [-2.5, 2.5, 0, 0], 4 * atol);
  assert.deepEqual([...weights!.dataSync()].slice(2), [0, 0, 0, 0]);
});
