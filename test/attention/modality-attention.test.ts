/** Attention by modality against attention of the whole row under a mask, which does the work that is skipped. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { ModalityAttention } from "fusion/dist/attention/modality-attention";
import { MultiHeadAttention } from "fusion/dist/attention/multi-head-attention";
import { jit } from "fusion/dist/engine/jit";
import { TokenMask } from "fusion/dist/fusion/token-mask";
import { randomFor } from "fusion/dist/random";
import { assertClose } from "../close";

const counts = [3, 1, 4];
const [batch, token, dim] = [3, 8, 6];
const { normal } = randomFor(1, "modality attention");
const draw = (...shape: number[]): tf.Tensor =>
  tf.tensor(Array.from({ length: tf.util.sizeFromShape(shape) }, normal), shape);
const tokens = draw(batch, token, dim);
const towards = draw(batch, token, dim);
/** All there; the second modality gone, with a gap in the third; the first modality alone. */
const validity = tf.tensor2d([
  [1, 1, 1, 1, 1, 1, 1, 1],
  [1, 1, 1, 0, 1, 0, 1, 1],
  [1, 1, 1, 0, 0, 0, 0, 0],
]);
/** Weights of the size that a layer begins with: scores of order 1, so that sums in another order differ by roundings. */
const drawWeight = ({ shape }: tf.Tensor): tf.Tensor => draw(...shape).div(Math.sqrt(dim));
const numbers = (x: tf.Tensor): number[] => [...x.dataSync()];

/** Outputs, weights, and the gradients of a weighted sum of the outputs. */
function answers(
  layer: tf.layers.Layer,
  inputs: (x: tf.Tensor) => tf.Tensor[],
  x: tf.Tensor,
): tf.NamedTensorMap {
  const variables = layer.weights.map((weight) => weight.read() as tf.Variable);
  const step = ({ x }: tf.NamedTensorMap): tf.NamedTensorMap => {
    const loss = (x?: tf.Tensor) =>
      (layer.apply(inputs(x!)) as tf.Tensor[])[0]!.mul(towards).sum() as tf.Scalar;
    const { grads } = tf.valueAndGrads(loss)([x!, ...variables]);
    const [outputs, weights] = layer.apply(inputs(x!)) as tf.Tensor[];
    return {
      outputs: outputs!,
      weights: weights!,
      ...Object.fromEntries(grads.map((grad, i) => [`gradient ${i}`, grad])),
    };
  };
  return jit(layer.name, step, variables)({ x });
}

for (const reach of ["own", "others"] as const) {
  const allowed = new TokenMask({ name: `mask_${reach}`, counts, reach }).apply(validity) as tf.Tensor3D;
  const config = { heads: 2, dim, seed: 1 };
  const byModality = new ModalityAttention({ ...config, name: `by_modality_${reach}`, counts, reach });
  const whole = new MultiHeadAttention({ ...config, name: `whole_${reach}` });
  byModality.apply([tokens, allowed]);
  whole.apply([tokens, tokens, allowed]);
  byModality.setWeights(byModality.getWeights().map(drawWeight));
  whole.setWeights(byModality.getWeights());

  test(`reach "${reach}": the whole row under a mask, values, weights and gradients`, () => {
    const got = answers(byModality, (x) => [x, allowed], tokens);
    const expected = answers(whole, (x) => [x, x, allowed], tokens);
    assert.deepEqual(Object.keys(got), Object.keys(expected));
    for (const [what, tensor] of Object.entries(expected))
      // sums of at most some dozens of terms, in another order
      assertClose(numbers(got[what]!), numbers(tensor), 1e-5, 1e-5, what);
    assert.ok(numbers(got["gradient 0"]!).some((value) => Math.abs(value) > 0.1));
  });

  test(`reach "${reach}": what a token that is not there holds changes no bit`, () => {
    const silent = answers(byModality, (x) => [x, allowed], tokens);
    const hole = validity.expandDims(2).equal(0);
    for (const loud of [NaN, Infinity, 1e9]) {
      const got = answers(byModality, (x) => [x, allowed], tf.where(hole, tf.scalar(loud), tokens));
      for (const [what, tensor] of Object.entries(silent))
        assert.deepEqual(numbers(got[what]!), numbers(tensor), what);
    }
  });
}

test("a modality without others finds nothing in them, and has gradients of 0", () => {
  const layer = new ModalityAttention({
    name: "alone",
    heads: 2,
    dim,
    seed: 1,
    counts: [token],
    reach: "others",
  });
  const open = tf.ones([batch, token, token]);
  layer.apply([tokens, open]);
  const got = answers(layer, (x) => [x, open], tokens);
  assert.equal(Object.keys(got).length, 2 + 1 + 8);
  for (const [what, tensor] of Object.entries(got))
    assert.ok(
      numbers(tensor).every((value) => value === 0),
      what,
    );
});

test("counts that do not fit the row are named", () => {
  const layer = new ModalityAttention({
    name: "short",
    heads: 2,
    dim,
    seed: 1,
    counts: [3, 1],
    reach: "own",
  });
  assert.throws(() => layer.apply([tokens, tf.ones([batch, token, token])]), {
    message:
      "ModalityAttention: short: tokens: expected [batch=3, token=4, channel], got [3, 8, 6]; sum counts up",
  });
});
