import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { jit } from "fusion";

const x = tf.tensor1d([-2, -0.5, 0, 0.5, 2]);
const slope = tf.tensor1d([1, 2, 3, 4, 5]);
const gradient = ({ x }: tf.NamedTensorMap): tf.NamedTensorMap => ({
  dx: tf.grad((x) => x.relu().mul(slope).sum())(x!),
});

for (const [how, run] of [
  ["eager", gradient],
  ["compiled", jit("relu", gradient, [])],
] as const)
  test(`the rectifier passes the gradient where x > 0 and nowhere else, ${how}`, () => {
    assert.deepEqual([...run({ x })["dx"]!.dataSync()], [0, 0, 0, 4, 5]);
  });

test("it is a link of a chain like any other", () => {
  const twice = tf.grad((x) => x.relu().square().sum())(x);
  assert.deepEqual([...twice.dataSync()], [0, 0, 0, 1, 4]);
});
