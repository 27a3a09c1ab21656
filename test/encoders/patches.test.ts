import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { Patches } from "fusion/dist/encoders/patches";

const patch = (stepsPerToken: number, values: number[][], validity: number[]): unknown[] => {
  const layer = new Patches({ name: `patches${stepsPerToken}`, stepsPerToken });
  const outputs = layer.apply([tf.tensor3d([values]), tf.tensor2d([validity])]) as tf.Tensor[];
  return outputs.map((x) => (x.arraySync() as unknown[][])[0]);
};
const five = [
  [1, 2],
  [3, 4],
  [5, 6],
  [7, 8],
  [9, 10],
];

test("two steps side by side are a token; the last is filled up with zeros; a valid step makes it valid", () => {
  assert.deepEqual(patch(2, five, [0, 1, 0, 0, 1]), [
    [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [9, 10, 0, 0],
    ],
    [1, 0, 1],
  ]);
});

test("one step a token changes nothing", () => {
  assert.deepEqual(patch(1, five, [0, 1, 0, 0, 1]), [five, [0, 1, 0, 0, 1]]);
});
