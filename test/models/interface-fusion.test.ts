/** The assignment's interface tests of fusion, by their own names and sizes, each with what it should have asked. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import type { EncoderFactory } from "fusion/dist/encoders/encoder";
import { KeepValid } from "fusion/dist/encoders/keep-valid";
import { crossEntropy } from "fusion/dist/train/cross-entropy";
import { type FusionName, type FusionOptions, fusions } from "fusion/dist/fusion/registry";
import { hybridPublishedWeightsOf } from "fusion/dist/fusion/hybrid-published";
import { publishedVotesOf } from "fusion/dist/fusion/late-published";

/** The tests give vectors, so the encoder is the identity: a window of one step, whose channels are the vector. */
const identity: EncoderFactory =
  ({ modality, channels }) =>
  (values, validity) => {
    const open = new KeepValid({ name: `${modality}_keep` }).apply([values, validity]) as tf.SymbolicTensor;
    const flat = tf.layers.reshape({ name: `${modality}_pooled`, targetShape: [channels] }).apply(open);
    return { tokens: values, validity, pooled: flat as tf.SymbolicTensor };
  };

/** One width for all, as an encoder's output has; the assignment's 512 and 64 are those of features before it. */
const [names, dim] = [["video", "imu"], 64];

function build(name: FusionName, classes = 11): tf.LayersModel {
  const modalities = names.map((name) => ({ name, time: 1, channels: dim }));
  const options = {
    ...{ modalities, classes, encoder: identity, dim, hidden: 256, dropout: 0.1, heads: 4, seed: 1 },
    ...{ reach: "all" as const, channelScales: false },
  };
  const factory: (options: FusionOptions) => tf.LayersModel = fusions[name];
  return factory(options as FusionOptions); // what other fusions need has its defaults
}

function inputs(presence: number[][], seed = 1): Record<string, tf.Tensor> {
  const batch = presence.length;
  const each = names.map((name, i) => ({
    [`${name}_values`]: tf.randomNormal([batch, 1, dim], 0, 1, "float32", seed + i),
    [`${name}_validity`]: tf.ones([batch, 1]),
  }));
  return Object.assign({ presence: tf.tensor2d(presence) }, ...each) as Record<string, tf.Tensor>;
}
const listed = (model: tf.LayersModel, named: Record<string, tf.Tensor>): tf.Tensor[] =>
  model.inputNames.map((name) => named[name]!);
const ask = (model: tf.LayersModel, named: Record<string, tf.Tensor>): number[][] =>
  (model.predict(listed(model, named)) as tf.Tensor2D).arraySync();
const finite = (rows: readonly number[][]): boolean => rows.flat().every(Number.isFinite);

const mask = [
  [1, 1],
  [1, 0],
  [0, 1],
  [1, 1],
];

/** Fusions of the assignment, published and, where there is one of the same name, corrected. */
const known = (...wanted: string[]): FusionName[] =>
  wanted.filter((name): name is FusionName => name in fusions);

function checkShape(name: FusionName): tf.LayersModel {
  const model = build(name);
  const named = inputs(mask);
  const rows = ask(model, named);
  assert.deepEqual([rows.length, rows[0]!.length], [4, 11]);
  assert.ok(finite(rows));
  // window 1 and window 2 are told apart by presence alone
  const swapped = ask(model, { ...named, presence: tf.tensor2d([mask[0]!, mask[2]!, mask[1]!, mask[3]!]) });
  assert.deepEqual(swapped[0], rows[0]);
  assert.notDeepEqual(swapped[1], rows[1]);
  return model;
}

describe("TestFusionInterfaces", () => {
  for (const name of known("early-published", "early"))
    test(`test_early_fusion_shape: ${name}`, () => void checkShape(name));

  for (const name of known("late-published", "late"))
    test(`test_late_fusion_shape: ${name}`, () => {
      const model = checkShape(name);
      if (name !== "late-published") return;
      const votes = publishedVotesOf(model, names).predict(listed(model, inputs(mask))) as tf.Tensor[];
      for (const vote of votes) assert.deepEqual(vote.shape, [4, 11]);
      // untrained, both have half of the sum
      const mean = tf.addN(votes).div<tf.Tensor2D>(2).arraySync();
      ask(model, inputs(mask)).forEach((row, w) =>
        row.forEach((x, c) => assert.ok(Math.abs(x - mean[w]![c]!) < 1e-6)),
      );
    });

  for (const name of known("hybrid-published", "hybrid"))
    test(`test_hybrid_fusion_shape: ${name}`, () => void checkShape(name));

  test("test_hybrid_fusion_attention_output: hybrid-published", () => {
    const model = build("hybrid-published");
    const [shares, weights] = hybridPublishedWeightsOf(model).predict(
      listed(model, inputs(mask)),
    ) as tf.Tensor[];
    assert.deepEqual(
      [shares!.shape, weights!.shape],
      [
        [4, 2],
        [4, 2, 2, 4],
      ],
    );
    for (const sum of shares!.sum(1).dataSync()) assert.ok(Math.abs(sum - 1) < 1e-6);
    // every weight between two sensors is 1, also where the key is masked: there is nothing to read in them
    const [video] = weights!.arraySync() as number[][][][];
    assert.deepEqual(video, [
      [
        [0, 0, 0, 0],
        [1, 1, 1, 1],
      ],
      [
        [1, 1, 1, 1],
        [0, 0, 0, 0],
      ],
    ]);
  });

  test("test_factory_function", () => {
    for (const name of ["early-published", "late-published", "hybrid-published", "early"] as const)
      assert.ok(build(name).countParams() > 0);
    assert.equal("uncertainty-published" in fusions, false, "listed in the published YAML, never built");
  });
});

describe("TestMissingModalityHandling", () => {
  for (const name of known("early-published", "early")) {
    test(`test_all_modalities_available: ${name}`, () => {
      assert.ok(finite(ask(build(name), inputs([[1, 1], [1, 1]])))); // prettier-ignore
    });

    test(`test_one_modality_missing: ${name}`, () => {
      const model = build(name);
      const [one, other] = [1, 2].map((seed) => inputs([[1, 0], [1, 0]], seed)); // prettier-ignore
      assert.ok(finite(ask(model, one!)));
      // and what the missing one measures is not heard
      const shared = { ...one!, imu_values: other!["imu_values"]! };
      assert.deepEqual(ask(model, shared), ask(model, one!));
    });
  }
});

describe("TestGradientFlow", () => {
  for (const name of known("early-published", "early"))
    test(`test_early_fusion_gradients: ${name}`, () => {
      const model = build(name, 5);
      const named = inputs([[1, 1], [1, 1]]); // prettier-ignore
      const targets = tf.tensor2d([[1, 0, 0, 0, 0], [0, 0, 0, 1, 0]]); // prettier-ignore
      const { grads } = tf.variableGrads(
        () => crossEntropy(model.apply(listed(model, named)) as tf.Tensor2D, targets),
        model.trainableWeights.map((w) => w.read() as tf.Variable),
      );
      for (const [variable, gradient] of Object.entries(grads))
        assert.ok(gradient.abs().max().dataSync()[0]! > 0, variable);
    });
});
