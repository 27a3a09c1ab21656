/** The assignment's interface test of the CNN encoder, name kept, and the published sizes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { publishedConvEncoder } from "fusion/dist/encoders/conv-published";

function build(hidden: number, time: number, channels: number, dim: number): tf.LayersModel {
  const [values, validity] = [tf.input({ shape: [time, channels] }), tf.input({ shape: [time] })];
  const shape = { modality: "imu", time, channels, dim, seed: 1 };
  const { tokens, pooled } = publishedConvEncoder({ hidden })(shape)(values, validity);
  return tf.model({ inputs: [values, validity], outputs: [pooled, tokens] });
}

test("TestSequenceEncoder.test_cnn_encoder_shape", () => {
  const model = build(128, 100, 64, 64);
  const [pooled, tokens] = model.predict([
    tf.randomNormal([4, 100, 64], 0, 1, "float32", 1),
    tf.ones([4, 100]),
  ]) as tf.Tensor[];
  assert.deepEqual(pooled!.shape, [4, 64]);
  assert.deepEqual(tokens!.shape, [4, 1, 64]);
  assert.ok(pooled!.dataSync().every(Number.isFinite));
});

for (const [channels, published] of [
  [17, 252_800],
  [1, 232_320],
] as const)
  test(`the published CNN has ${published} trained parameters for ${channels} channels, and 1,024 moving statistics`, () => {
    const model = build(256, 100, channels, 128);
    const trained = model.trainableWeights.reduce(
      (sum, w) => sum + tf.util.sizeFromShape(w.shape as number[]),
      0,
    );
    assert.equal(trained, published);
    assert.equal(model.countParams(), published + 1024);
  });

test("one missing sample closes the whole published window, and no other", () => {
  const model = build(8, 20, 2, 3);
  const values = tf.randomNormal<tf.Rank.R3>([2, 20, 2], 0, 1, "float32", 2).arraySync();
  const read = (): number[][] =>
    (model.predict([tf.tensor3d(values), tf.ones([2, 20])]) as tf.Tensor2D[])[0]!.arraySync();
  const whole = read();
  values[0]![7]![1] = NaN;
  const gap = read();
  assert.deepEqual(gap[0], [0, 0, 0]);
  assert.ok(whole[0]!.every((x) => x !== 0));
  assert.deepEqual(gap[1], whole[1]);
});
