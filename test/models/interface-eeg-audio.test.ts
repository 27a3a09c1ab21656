/** The nine interface tests of EEG and audio, by the names of their source, for the corrected modes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { randomFor } from "fusion";
import { buildEncoder } from "fusion/dist/encoders/build-encoder";
import { encoders } from "fusion/dist/encoders/registry";
import { describeScales } from "fusion/dist/fusion/channel-scale";
import { attendOthersFusion, concatFusion, gatedProjectionFusion } from "fusion/dist/fusion/fusion-modes";
import { fit } from "fusion/dist/train/fit";
import { labelsOf } from "fusion/dist/train/labels";
import { predictor } from "fusion/dist/train/predict";
import { decide } from "fusion/dist/train/evaluate";
import { cutWindows } from "fusion/dist/data/cut-windows";
import { makeFold } from "fusion/dist/data/make-fold";
import type { Windows } from "fusion/dist/data/windows";
import { problemOptions } from "../train/problem";

/** As wide as published, windows as short as a test wants them. */
const [eegTime, audioTime, dim] = [64, 50, 128];
const options = {
  modalities: [
    { name: "eeg", time: eegTime, channels: 28 },
    { name: "audio", time: audioTime, channels: 13 },
  ],
  encoder: encoders["eeg-audio"].build,
  ...{ classes: 5, dim, hidden: 256, dropout: 0.3, heads: 4, seed: 1, channelScales: true },
};
const modes = { concat: concatFusion, cross_attention: attendOthersFusion, gated: gatedProjectionFusion };

function inputs(batch: number, seed = 1): tf.Tensor[] {
  const random = randomFor(seed, "inputs");
  const normal = (...shape: [number, number, number]) =>
    tf.tensor3d(
      Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, () => random.normal()),
      shape,
    );
  return [
    normal(batch, eegTime, 28),
    tf.ones([batch, eegTime]),
    normal(batch, audioTime, 13),
    tf.ones([batch, audioTime]),
    tf.ones([batch, 2]),
  ];
}
/** What the fusion hands to the classifier: [batch, dim]. */
const fusedOf = (model: tf.LayersModel): tf.LayersModel =>
  tf.model({
    inputs: model.inputs,
    outputs: model.layers.find(({ name }) => name === "hidden1")!.input as tf.SymbolicTensor,
  });
const predict = (model: tf.LayersModel, x: tf.Tensor[]): number[][] =>
  (model.predict(x) as tf.Tensor2D).arraySync();
const built = Object.fromEntries(Object.entries(modes).map(([mode, build]) => [mode, build(options)]));

for (const [title, mode] of [
  ["test_concat_mode", "concat"],
  ["test_cross_attention", "cross_attention"],
  ["test_gated", "gated"],
] as const)
  test(`${title}: two vectors of 128 become one, finite`, () => {
    const [fused] = [predict(fusedOf(built[mode]!), inputs(4))];
    assert.deepEqual([fused.length, fused[0]!.length], [4, dim]);
    assert.ok(fused.flat().every(Number.isFinite));
  });

test("test_gated: gates lie between 0 and 1, and open by what is heard once they are trained", () => {
  const model = built["gated"]!;
  const layer = model.getLayer("eeg_gate");
  const gate = tf.model({ inputs: model.inputs, outputs: layer.output as tf.SymbolicTensor });
  assert.ok(
    predict(gate, inputs(2))
      .flat()
      .every((g) => g === 0.5),
  );
  const [kernel, bias] = layer.getWeights();
  layer.setWeights([tf.randomNormal(kernel!.shape, 0, 0.05, "float32", 1), bias!]);
  const gates = predict(gate, inputs(2)).flat();
  assert.ok(gates.every((g) => g > 0 && g < 1) && new Set(gates).size > dim);
  layer.setWeights([kernel!, bias!]);
});

test("test_channel_weights: one gain for each of 128 channels of each modality, 1 at first, and each counts", () => {
  for (const model of Object.values(built)) {
    const scales = describeScales(model);
    assert.deepEqual(
      scales.map(({ modality, mean, std, top }) => [modality, mean, std, top.length]),
      [
        ["eeg", 1, 0, 10],
        ["audio", 1, 0, 10],
      ],
    );
    const layer = model.getLayer("audio_scale");
    assert.deepEqual(layer.getWeights()[0]!.shape, [dim]);
    const before = predict(model, inputs(1));
    layer.setWeights([tf.fill([dim], 3)]);
    assert.notDeepEqual(predict(model, inputs(1)), before);
    layer.setWeights([tf.ones([dim])]);
  }
});

test("test_batch_consistency: any batch size, and a window's answer is its own", () => {
  for (const model of Object.values(built)) {
    const x = inputs(8);
    const together = predict(model, x);
    assert.equal(together.length, 8);
    for (const size of [1, 3]) {
      const some = predict(
        model,
        x.map((t) => t.slice(0, size)),
      );
      // sums of a few hundred terms of size 1 in another order
      some.forEach((row, i) =>
        row.forEach((logit, c) => assert.ok(Math.abs(logit - together[i]![c]!) < 1e-4)),
      );
    }
  }
});

test("test_combines_features: either modality alone changes what is fused", () => {
  for (const model of Object.values(built)) {
    const [x, y] = [inputs(2, 1), inputs(2, 2)];
    const fused = fusedOf(model);
    const before = predict(fused, x);
    assert.notDeepEqual(predict(fused, [y[0]!, ...x.slice(1)]), before);
    assert.notDeepEqual(predict(fused, [x[0]!, x[1]!, y[2]!, x[3]!, x[4]!]), before);
  }
});

test("test_pipeline: raw windows to logits, and a gradient for every weight that is trained", () => {
  for (const [mode, model] of Object.entries(built)) {
    const x = inputs(6);
    const classes = tf.oneHot(tf.tensor1d([0, 1, 2, 3, 4, 0], "int32"), 5);
    const { grads } = tf.variableGrads(() =>
      tf.losses.softmaxCrossEntropy(classes, model.apply(x, { training: false }) as tf.Tensor),
    );
    const silent = Object.entries(grads).filter(([, grad]) => grad.abs().max().dataSync()[0] === 0);
    // a softmax over keys does not see what is added to all of them
    const expected = mode === "cross_attention" ? /key_bias/ : /^$/;
    assert.ok(
      silent.every(([name]) => expected.test(name)),
      `${mode}: ${silent.map(([name]) => name).join()}`,
    );
  }
});

test("test_classifier_shapes: 128 to 256 to 128 to 5 classes", () => {
  for (const model of Object.values(built)) {
    const kernels = ["hidden1", "hidden2", "logits"].map(
      (name) => model.getLayer(name).getWeights()[0]!.shape,
    );
    assert.deepEqual(kernels, [
      [128, 256],
      [256, 128],
      [128, 5],
    ]);
    assert.deepEqual(model.outputs[0]!.shape, [null, 5]);
  }
});

test("test_audio_encoder_shape: 13 coefficients in 500 frames to one vector of 128, and 125 tokens", () => {
  const shape = { modality: "audio", time: 500, channels: 13, dim, seed: 1 };
  const [values, validity] = [tf.input({ shape: [500, 13] }), tf.input({ shape: [500] })];
  const { pooled, tokens } = buildEncoder("eeg-audio", shape)(values, validity);
  assert.deepEqual(
    [pooled.shape, tokens.shape],
    [
      [null, 128],
      [null, 125, 128],
    ],
  );
  assert.equal(tf.model({ inputs: [values, validity], outputs: pooled }).countParams(), 62_208 + 2 * 192);
});

/** Noise, and classes that were drawn without looking at it. */
function noise(count: number): Windows {
  const random = randomFor(7, "shuffled labels");
  const sequence = (rateHz: number, width: number) => ({
    kind: "sequence" as const,
    channels: Array.from({ length: width }, (_, i) => ({ name: `${i}`, unit: "1" })),
    rateHz,
    seconds: Float64Array.from({ length: count * rateHz }, (_, i) => i / rateHz),
    values: Float32Array.from({ length: count * rateHz * width }, () => random.normal()),
  });
  return cutWindows(
    [
      {
        ...{ dataset: "test", subject: "1", session: "1" },
        space: { kind: "class", classes: ["a", "b", "c", "d", "e"] },
        modalities: { eeg: sequence(32, 3), audio: sequence(16, 2) },
        segments: Array.from({ length: count }, (_, i) => ({
          startSeconds: i,
          endSeconds: i + 1,
          target: [random.integer(5)],
        })),
      },
    ],
    { lengthSeconds: 1, strideSeconds: 1 },
  );
}

test("shuffled labels are answered at chance: 1 in 5, within what 400 windows allow", async () => {
  const [learned, asked] = [200, 400];
  const windows = noise(learned + asked);
  const of = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  const fold = makeFold(
    windows,
    { split: "test", heldOut: "test" },
    { train: of(0, learned), test: of(learned, learned + asked) },
  );
  const modalities = [
    { name: "eeg", time: 32, channels: 3 },
    { name: "audio", time: 16, channels: 2 },
  ];
  for (const build of Object.values(modes)) {
    const model = build({ ...options, modalities, dim: 8, hidden: 16 });
    const { scaler } = await fit({
      ...{ model, windows, fold, seed: 1 },
      options: { ...problemOptions, epochs: 3 },
    });
    const predict = predictor(model, scaler);
    const decided = decide(await predict(windows, fold.test));
    predict.dispose();
    const labels = labelsOf(windows, fold.test);
    const right = decided.filter((id, i) => id === labels[i]).length / asked;
    // four deviations of a share of 400: 4 · √(0.2 · 0.8 / 400) = 0.08
    assert.ok(Math.abs(right - 0.2) < 0.08, `${right}`);
    model.dispose();
  }
});
