/** The assignment's interface tests of frames, vectors and the factory, by their names: shapes, no NaN, gradients. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { jit } from "fusion";
import { buildEncoder, encoderNameFor } from "fusion/dist/encoders/build-encoder";
import type { EncoderFactory } from "fusion/dist/encoders/encoder";
import { frameEncoder } from "fusion/dist/encoders/frame";
import { framePublished } from "fusion/dist/encoders/frame-published";
import { mlpEncoder } from "fusion/dist/encoders/mlp";
import { mlpPublished } from "fusion/dist/encoders/mlp-published";
import { weightsOf } from "fusion/dist/train/tensors";

const [frames, channels, dim] = [30, 512, 128];

function video(build: EncoderFactory): tf.LayersModel {
  const [values, validity] = [tf.input({ shape: [frames, channels] }), tf.input({ shape: [frames] })];
  const encode = build({ modality: "video", time: frames, channels, dim, seed: 1 });
  return tf.model({ inputs: [values, validity], outputs: encode(values, validity).pooled });
}

const clips = (count: number): tf.Tensor => tf.randomNormal([count, frames, channels], 0, 1, "float32", 7);

const variants = { corrected: frameEncoder, published: framePublished } as const;
const options = { hidden: 256, dropout: 0.1 };

for (const [variant, encoder] of Object.entries(variants))
  describe(`TestFrameEncoder, ${variant}`, () => {
    for (const [title, pooling] of [
      ["test_average_pooling", "mean"],
      ["test_attention_pooling", "attention"],
    ] as const)
      test(title, () => {
        const model = video(encoder({ pooling, ...options }));
        const y = model.predict([clips(4), tf.ones([4, frames])]) as tf.Tensor;
        assert.deepEqual(y.shape, [4, dim]);
      });

    test("test_with_mask", () => {
      const model = video(encoder({ pooling: "attention", ...options }));
      const valid = [20, 15].map((n) => Array.from({ length: frames }, (_, t) => (t < n ? 1 : 0)));
      const y = model.predict([clips(2), tf.tensor2d(valid)]) as tf.Tensor;
      assert.deepEqual(y.shape, [2, dim]);
      assert.ok(y.dataSync().every(Number.isFinite));
    });
  });

const features = 256;

for (const [variant, encoder] of Object.entries({ corrected: mlpEncoder, published: mlpPublished }))
  describe(`TestSimpleMLPEncoder, ${variant}`, () => {
    const build = (): tf.LayersModel => {
      const [values, validity] = [tf.input({ shape: [features] }), tf.input({ shape: [features] })];
      const encode = encoder({ hidden: 128, layers: 2 })({ modality: "table", features, dim: 64, seed: 1 });
      return tf.model({ inputs: [values, validity], outputs: encode(values, validity).pooled });
    };

    test("test_output_shape", () => {
      const y = build().predict([tf.randomNormal([4, features]), tf.ones([4, features])]) as tf.Tensor;
      assert.deepEqual(y.shape, [4, 64]);
    });

    test("test_gradient_flow", () => {
      const model = build();
      const { trained, all } = weightsOf(model);
      const weigh = tf.randomNormal([2, 64], 0, 1, "float32", 3); // a plain sum is constant under batch norm
      const step = ({ x, valid }: tf.NamedTensorMap): tf.NamedTensorMap => {
        const loss = (x: tf.Tensor): tf.Scalar =>
          (model.apply([x, valid!], { training: true }) as tf.Tensor).mul(weigh).sum();
        return { ...tf.variableGrads(() => loss(x!), trained).grads, input: tf.grad(loss)(x!) };
      };
      // dropout is off here, so the step needs no seed
      const x = tf.randomNormal([2, features], 0, 1, "float32", 2);
      const gradients = jit("mlp", step, all)({ x, valid: tf.ones([2, features]) });
      assert.equal(Object.keys(gradients).length, trained.length + 1);
      const size = (g: tf.Tensor): number => Math.max(...g.abs().dataSync());
      assert.ok(size(gradients["input"]!) > 0, "input");
      assert.ok(Object.values(gradients).every((g) => g.dataSync().every(Number.isFinite)));
      const kernels = trained.filter(({ name }) => name.includes("kernel"));
      for (const { name } of kernels) assert.ok(size(gradients[name]!) > 0, name);
    });
  });

describe("TestEncoderFactory", () => {
  for (const [title, modality, channels] of [
    ["test_video_encoder", "video", 512],
    ["test_imu_encoder", "imu", 64],
  ] as const)
    test(title, () => {
      const name = encoderNameFor(modality, "sequence");
      assert.equal(name, modality === "video" ? "frame" : "conv");
      const [values, validity] = [tf.input({ shape: [100, channels] }), tf.input({ shape: [100] })];
      const shape = { modality, time: 100, channels, dim: 128, seed: 1 };
      const { pooled } = buildEncoder(name as "frame" | "conv", shape)(values, validity);
      assert.deepEqual(pooled.shape, [null, 128]);
    });

  test("a vector goes to the MLP, which the published rule never reaches", () => {
    assert.equal(encoderNameFor("table", "vector"), "mlp");
    const [values, validity] = [tf.input({ shape: [12] }), tf.input({ shape: [12] })];
    const { pooled } = buildEncoder("mlp", { modality: "table", features: 12, dim: 8, seed: 1 })(
      values,
      validity,
    );
    assert.deepEqual(pooled.shape, [null, 8]);
  });

  test("an unknown name, or an encoder of the other kind, is answered with the names there are", () => {
    const shape = { modality: "hand", time: 100, channels: 9, dim: 8, seed: 1 };
    const wrong =
      (name: string): (() => unknown) =>
      () =>
        buildEncoder(name as "conv", shape);
    assert.throws(
      wrong("resnet"),
      /hand: expected an encoder of sequences, one of \[conv, .*\], got "resnet"; choose/,
    );
    assert.throws(wrong("mlp"), /expected an encoder of sequences, one of \[conv, .*\], got "mlp"/);
  });
});
