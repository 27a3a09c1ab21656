/** Positions by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { jit } from "fusion";
import { AddPositions, sinusoid } from "fusion/dist/encoders/positions";
import { assertClose } from "../close";

// dim 4: pair 0 turns by 1 a token, pair 1 by 1 / 10000^(2/4) = 0.01
const golden = [
  [0, 1, 0, 1],
  [0.841470985, 0.540302306, 0.009999833, 0.99995],
  [0.909297427, -0.416146837, 0.019998667, 0.99980001],
];
// an angle up to 2 and a sine, each rounded to 2^-24 of about 1
const atol = 4 * 2 ** -24;

test("positions are sines in even places, cosines in odd ones, of base 10000", () => {
  assertClose(sinusoid(3, 4).dataSync(), golden, atol);
});

test("a compiled step computes them, too", () => {
  const layer = new AddPositions({ name: "positions" });
  const run = jit("positions", ({ x }) => ({ y: layer.apply(x!) as tf.Tensor }), []);
  const { y } = run({ x: tf.ones([2, 3, 4]) });
  const plusOne = golden.map((row) => row.map((p) => 1 + p));
  assertClose(y!.dataSync(), [plusOne, plusOne], 2 * atol);
});

test("token 74 of 75 is still right to four places of its fastest wave", () => {
  const last = sinusoid(75, 64).arraySync()[74]!;
  // an angle of 74 is a float32 to 2^-18
  assertClose(last.slice(0, 2), [Math.sin(74), Math.cos(74)], 2 ** -17);
  assertClose(last.slice(62), [Math.sin(74e-4 * 10 ** (4 / 32)), Math.cos(74e-4 * 10 ** (4 / 32))], atol);
});

test("an odd dim is refused", () => {
  assert.throws(
    () => sinusoid(3, 5),
    /sinusoid: expected an even dim, got 5; sines and cosines come in pairs/,
  );
});
