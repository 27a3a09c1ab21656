/** GELU against the table of the normal distribution, and its gradient against differences. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { jit } from "fusion";
import { gelu } from "fusion/dist/engine/gelu";
import { assertClose } from "../close";

/** Φ and φ from a table with nine places. */
const table = [
  { x: 0, below: 0.5, density: 0.39894228 },
  { x: 1, below: 0.841344746, density: 0.241970725 },
  { x: -1, below: 0.158655254, density: 0.241970725 },
  { x: 2, below: 0.977249868, density: 0.053990967 },
  { x: -3, below: 0.001349898, density: 0.004431848 },
];
const at = tf.tensor1d(table.map(({ x }) => x));
const both = ({ x, dy }: tf.NamedTensorMap): tf.NamedTensorMap => ({
  y: gelu(x!),
  dx: tf.grad((x) => gelu(x).mul(dy!).sum())(x!),
});
const dy = tf.tensor1d([1, 2, 3, 4, 5]);
// WASM's erf is Abramowitz & Stegun 7.1.26, good to 1.5e-7; halved, times |x| up to 3 and dy up to 5
const atol = 5 * 3 * 1.5e-7;

for (const [how, run] of [
  ["eager", both],
  ["compiled", jit("gelu", both, [])],
] as const)
  test(`gelu is x Φ(x), its slope Φ(x) + x φ(x), ${how}`, () => {
    const { y, dx } = run({ x: at, dy });
    assertClose(
      y!.dataSync(),
      table.map(({ x, below }) => x * below),
      atol,
    );
    assertClose(
      dx!.dataSync(),
      table.map(({ x, below, density }, i) => (i + 1) * (below + x * density)),
      atol,
    );
  });

test("the approximation by tanh does not pass", () => {
  const tanh = (x: number): number =>
    (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
  const wrong = table.map(({ x }) => tanh(x));
  assert.throws(() =>
    assertClose(
      wrong,
      table.map(({ x, below }) => x * below),
      atol,
    ),
  );
});

test("far out it is 0 or x, and its slope 0 or 1, without NaN", () => {
  const { y, dx } = both({ x: tf.tensor1d([-1e4, 1e4]), dy: tf.tensor1d([1, 1]) });
  assert.deepEqual([...y!.dataSync()].map(Math.abs), [0, 1e4]);
  assert.deepEqual([...dx!.dataSync()].map(Math.abs), [0, 1]);
});
