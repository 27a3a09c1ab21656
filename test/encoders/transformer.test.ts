/** The Transformer encoder: who may look at whom, what a position is worth, and its gradient. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { jit } from "fusion";
import { withStepSeed } from "fusion/dist/engine/step-seed";
import { transformerEncoder } from "fusion/dist/encoders/transformer";
import { transformerBlock } from "fusion/dist/encoders/transformer-block";
import { transformerPublished } from "fusion/dist/encoders/transformer-published";

const [time, channels, dim, heads] = [12, 3, 8, 2];
const shape = { modality: "hand", time, channels, dim, seed: 1 };

/** Outputs: pooled, tokens, validity, and the weights of both blocks. */
function encoder(stepsPerToken: number): tf.LayersModel {
  const [values, validity] = [tf.input({ shape: [time, channels] }), tf.input({ shape: [time] })];
  const encode = transformerEncoder({ layers: 2, heads, ffn: 16, stepsPerToken })(shape);
  const { pooled, tokens, validity: valid, attention } = encode(values, validity);
  return tf.model({ inputs: [values, validity], outputs: [pooled, tokens, valid, ...attention!] });
}

const see = (model: tf.LayersModel, values: tf.Tensor, validity: number[][]): tf.Tensor[] =>
  model.predict([values, tf.tensor2d(validity)]) as tf.Tensor[];
const numbers = (tensors: readonly tf.Tensor[]): number[][] => tensors.map((x) => [...x.dataSync()]);
const noise = (...shape: number[]): tf.Tensor3D =>
  tf.randomNormal(shape as [number, number, number], 0, 1, "float32", 5);
const open = (...closed: number[]): number[] =>
  Array.from({ length: time }, (_, t) => (closed.includes(t) ? 0 : 1));

test("weights sum to 1 over valid tokens and are exactly 0 on the others, in each head of each block", () => {
  const closed = [2, 3, 7];
  const [, , , ...attention] = see(encoder(1), noise(1, time, channels), [open(...closed)]);
  assert.equal(attention.length, 2);
  for (const weights of attention as tf.Tensor4D[]) {
    assert.deepEqual(weights.shape, [1, heads, time, time]);
    for (const head of weights.arraySync()[0]!)
      for (const row of head) {
        for (const key of closed) assert.equal(row[key], 0);
        // twelve numbers of 2^-24 each, and their quotient
        assert.ok(Math.abs(row.reduce((a, b) => a + b) - 1) < 16 * 2 ** -24);
      }
  }
});

test("a NaN closes its own step and no other: the same as an invalid step, which is a token of zeros", () => {
  const model = encoder(1);
  const values = noise(1, time, channels).arraySync();
  const spoilt = structuredClone(values);
  spoilt[0]![4]![1] = NaN;
  const [got, expected] = [
    see(model, tf.tensor3d(spoilt), [open()]),
    see(model, tf.tensor3d(values), [open(4)]),
  ];
  assert.deepEqual(numbers(got), numbers(expected));
  const [, tokens, valid] = got as [tf.Tensor, tf.Tensor3D, tf.Tensor2D];
  assert.deepEqual(valid.arraySync()[0], open(4));
  tokens.arraySync()[0]!.forEach((token, t) => {
    assert.ok(token.every(Number.isFinite));
    assert.equal(
      token.some((x) => x !== 0),
      t !== 4,
      `token ${t}`,
    );
  });
});

test("a token of four steps is valid while one of them is", () => {
  const [, , valid] = see(encoder(4), noise(1, time, channels), [open(0, 1, 2, 4, 5, 6, 7)]);
  assert.deepEqual([...valid!.dataSync()], [1, 0, 1]);
});

test("order matters to the encoder, and to its block alone it does not", () => {
  const values = noise(1, time, channels);
  const [forward, backward] = [values, values.reverse(1)].map(
    (x) => numbers(see(encoder(1), x, [open()]))[0]!,
  );
  assert.ok(forward!.some((x, i) => Math.abs(x - backward![i]!) > 1e-3));

  const [x, allowed] = [tf.input({ shape: [time, dim] }), tf.input({ shape: [time] })];
  const { tokens } = transformerBlock({ name: "block", heads, ffn: 16, seed: 1 }, x, allowed);
  const block = tf.model({ inputs: [x, allowed], outputs: tokens });
  const apply = (x: tf.Tensor): tf.Tensor => block.predict([x, tf.ones([1, time])]) as tf.Tensor;
  const data = noise(1, time, dim);
  const difference = apply(data.reverse(1)).sub(apply(data).reverse(1)).abs().max().dataSync()[0]!;
  assert.ok(difference < 1e-5, `${difference}`); // a dozen sums of order 1, in another order
});

test("a batch of one is its row in a batch of three", () => {
  const [values, model] = [noise(3, time, channels), encoder(2)];
  const valid = [open(), open(0, 1, 2), open(5)];
  const together = see(model, values, valid)[0]!.arraySync() as number[][];
  valid.forEach((row, w) => {
    const [alone] = see(model, values.slice([w, 0, 0], [1, -1, -1]), [row]);
    const error = alone!
      .sub(tf.tensor2d([together[w]!]))
      .abs()
      .max()
      .dataSync()[0]!;
    assert.ok(error < 1e-5, `window ${w}: ${error}`);
  });
});

test("an empty window has a gradient of exactly 0, beside one that has not", () => {
  const model = encoder(3);
  const validity = tf.tensor2d([open(), open().map(() => 0)]);
  const f = (x: tf.Tensor): tf.Scalar => (model.apply([x, validity]) as tf.Tensor[])[0]!.square().sum();
  const [first, second] = tf
    .grad(f)(noise(2, time, channels))
    .arraySync() as [number[][], number[][]];
  assert.ok(first.flat().some((x) => x !== 0));
  assert.ok(second.flat().every((x) => x === 0));
});

test("dropout is keyed: one seed, one answer; another seed, another; none outside of training; compiled as eager", () => {
  const [values, validity] = [tf.input({ shape: [time, channels] }), tf.input({ shape: [time] })];
  const encode = transformerEncoder({ layers: 1, heads, ffn: 16, stepsPerToken: 2, dropout: 0.5 })(shape);
  const model = tf.model({ inputs: [values, validity], outputs: encode(values, validity).pooled });
  const x = noise(2, time, channels);
  const step = ({ seed }: tf.NamedTensorMap): tf.NamedTensorMap => ({
    y: withStepSeed(seed!, () => model.apply([x, tf.ones([2, time])], { training: true }) as tf.Tensor),
  });
  const of = (run: typeof step, k: number): number[] => [
    ...run({ seed: tf.tensor1d([1, k], "int32") })["y"]!.dataSync(),
  ];
  const compiled = jit(
    "dropout",
    step,
    model.weights.map((w) => w.read() as tf.Variable),
  );
  assert.deepEqual(of(compiled, 1), of(compiled, 1));
  assert.notDeepEqual(of(compiled, 1), of(compiled, 2));
  const eager = of(step, 1);
  of(compiled, 1).forEach((y, i) => assert.ok(Math.abs(y - eager[i]!) < 1e-5, `${i}`)); // other sums of a dozen terms
  const still = (model.predict([x, tf.ones([2, time])]) as tf.Tensor).dataSync();
  assert.ok(still.some((y, i) => Math.abs(y - eager[i]!) > 1e-2));
});

test("the published Transformer has PyTorch's 2,663,040 parameters at 256 channels, and raises at any other", () => {
  // a block: attention 4 · 257 · 256, feed-forward 257 · 2048 + 2049 · 256, norms 4 · 256; two; (256 + 1) · 128
  const build = (channels: number): tf.LayersModel => {
    const [values, validity] = [tf.input({ shape: [10, channels] }), tf.input({ shape: [10] })];
    const encode = transformerPublished({ hidden: 256, layers: 2, dropout: 0.1 });
    const { pooled } = encode({ modality: "imu", time: 10, channels, dim: 128, seed: 1 })(values, validity);
    return tf.model({ inputs: [values, validity], outputs: pooled });
  };
  const model = build(256);
  assert.equal(model.countParams(), 2_663_040);
  const gap = Array.from({ length: 10 }, (_, t) => (t === 3 ? 0 : 1));
  const [whole, holed] = (
    model.predict([noise(2, 10, 256), tf.tensor2d([gap.map(() => 1), gap])]) as tf.Tensor
  ).arraySync() as number[][];
  assert.ok(whole!.every((x) => Number.isFinite(x) && x !== 0));
  assert.deepEqual(holed, new Array(128).fill(0));
  model.dispose();
  assert.throws(
    () => build(17),
    /transformerPublished: imu: expected 256 channels \(hidden\), got 17; .* take transformerEncoder/,
  );
});
