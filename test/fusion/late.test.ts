/** Late fusions: what one modality says passes unchanged, products by hand, and weights by dropout. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { jit } from "fusion";
import { fusionWeightsOf } from "fusion/dist/fusion/fusion-weights-of";
import { lateLearnedFusion } from "fusion/dist/fusion/late-learned";
import { lateMeanFusion } from "fusion/dist/fusion/late-mean";
import { Product, productOfExpertsFusion } from "fusion/dist/fusion/product-of-experts";
import {
  DropoutPasses,
  InverseVarianceWeights,
  uncertaintyDropoutFusion,
  weighByDropout,
} from "fusion/dist/fusion/uncertainty-dropout";
import { uncertaintyFusion } from "fusion/dist/fusion/uncertainty";
import { weightsOf } from "fusion/dist/train/tensors";
import { inputs, modalities, options, unsettle } from "./three-sensors";

const rows = (tensor: tf.Tensor): number[][] => (tensor as tf.Tensor2D).arraySync();
const close = (got: number, expected: number, message = "") =>
  assert.ok(
    Math.abs(got - expected) <= 16 * 2 ** -24 * (1 + Math.abs(expected)),
    `${message} ${got} ${expected}`,
  );
const lone = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
/** What one modality says; the first use of its last layer, where passes of dropout are further ones. */
const headOf = (model: tf.LayersModel, name: string): tf.LayersModel =>
  tf.model({
    inputs: model.inputs,
    outputs: model.getLayer(`${name}_logits`).getOutputAt(0) as tf.SymbolicTensor,
  });

for (const build of [lateMeanFusion, lateLearnedFusion, uncertaintyFusion, uncertaintyDropoutFusion]) {
  const model = unsettle(build(options));
  test(`${model.name}: of one modality the logits are its own, bit for bit`, () => {
    const x = inputs(model, 1, lone);
    const fused = rows(model.predict(x) as tf.Tensor);
    modalities.forEach(({ name }, m) =>
      assert.deepEqual(fused[m], rows(headOf(model, name).predict(x) as tf.Tensor)[m], name),
    );
  });
}

test("the mean of logits is the mean of logits", () => {
  const model = unsettle(lateMeanFusion(options));
  const x = inputs(model, 1, [[1, 0, 1]]);
  const [hand, , heart] = modalities.map(({ name }) => rows(headOf(model, name).predict(x) as tf.Tensor)[0]!);
  rows(model.predict(x) as tf.Tensor)[0]!.forEach((z, c) => close(z, (hand![c]! + heart![c]!) / 2));
});

test("a product of one expert is that expert; its logits are log probabilities", () => {
  const model = unsettle(productOfExpertsFusion(options));
  const x = inputs(model, 1, lone);
  const fused = rows(model.predict(x) as tf.Tensor);
  modalities.forEach(({ name }, m) => {
    const own = rows(tf.logSoftmax(headOf(model, name).predict(x) as tf.Tensor))[m]!;
    fused[m]!.forEach((z, c) => close(z, own[c]!, name));
  });
});

test("a product is Bayes' rule for experts that are independent given the class", () => {
  // two classes, prior 3/4 and 1/4; each expert saw evidence with likelihoods 0.8, 0.2 and 0.5, 0.1
  const prior = [0.75, 0.25];
  const likelihoods = [[0.8, 0.2], [0.5, 0.1]]; // prettier-ignore
  const posterior = (weights: number[]) => {
    const joint = prior.map((p, c) => p * weights[c]!);
    return joint.map((p) => p / (joint[0]! + joint[1]!));
  };
  const experts = likelihoods.map((l) => posterior(l).map(Math.log));
  const together = posterior([0.8 * 0.5, 0.2 * 0.1]);
  const layer = new Product({ name: "product" });
  const ask = (heard: number[]) => {
    const logits = layer.apply([tf.tensor3d([experts]), tf.tensor2d([heard])]) as tf.Tensor2D;
    return [...tf.softmax(logits).dataSync()];
  };
  ask([1, 1]); // builds it
  layer.setWeights([tf.tensor1d(prior.map(Math.log))]);
  ask([1, 1]).forEach((p, c) => close(p, together[c]!));
  ask([0, 1]).forEach((p, c) => close(p, Math.exp(experts[1]![c]!)));
  ask([0, 0]).forEach((p, c) => close(p, prior[c]!, "nobody: the prior is left"));
});

test("a pass of dropout thins all windows alike, by seed and name, and keeps the mean over passes", () => {
  const passesOf = (name: string, seed: number, passes = 4) =>
    new DropoutPasses({ name, rate: 0.25, passes, seed }).apply(tf.ones([2, 40])) as tf.Tensor3D;
  const x = passesOf("hand_passes", 1);
  const [first, second] = x.arraySync();
  assert.deepEqual(first, second, "two windows");
  assert.notDeepEqual(first![0], first![1], "two passes");
  assert.ok(x.dataSync().every((v) => v === 0 || v === Math.fround(1 / 0.75)));
  assert.deepEqual(passesOf("hand_passes", 1).arraySync(), x.arraySync());
  assert.notDeepEqual(passesOf("chest_passes", 1).arraySync(), x.arraySync());
  assert.notDeepEqual(passesOf("hand_passes", 2).arraySync(), x.arraySync());
  // 8,000 drops, each 1 on average with variance 1/3: the mean is off by 5 deviations once in a million
  const mean = passesOf("hand_passes", 1, 200).slice([0, 0, 0], [1, 200, 40]).mean().dataSync()[0]!;
  assert.ok(Math.abs(mean - 1) < 5 * Math.sqrt(1 / 3 / 8000), `${mean}`);
});

test("weights are inverse variances over passes, by hand, and equal in training", () => {
  // probabilities of class 0 over two passes: 0.5 ± 0.1 and 0.5 ± 0.2, variances (unbiased) 0.02 and 0.08
  const logit = (p: number) => [Math.log(p / (1 - p)), 0];
  const steady = tf.tensor3d([[logit(0.4), logit(0.6)]]);
  const shaky = tf.tensor3d([[logit(0.3), logit(0.7)]]);
  const layer = new InverseVarianceWeights({ name: "w" });
  const ask = (heard: number[], training: boolean) =>
    rows(layer.apply([tf.tensor2d([heard]), steady, shaky], { training }) as tf.Tensor)[0]!;
  const [a, b] = [1 / (0.02 + 1e-6), 1 / (0.08 + 1e-6)];
  // a variance of 0.02 as a sum of squares of differences near 0.1: relative error some 10 · 2⁻²⁴
  const [first, second] = ask([1, 1], false);
  assert.ok(
    Math.abs(first! - a / (a + b)) < 40 * 2 ** -24 && Math.abs(second! - b / (a + b)) < 40 * 2 ** -24,
  );
  assert.deepEqual(ask([0, 1], false), [0, 1]);
  assert.deepEqual(ask([0, 0], false), [0, 0]);
  assert.deepEqual(ask([1, 1], true), [0.5, 0.5]);
});

test("weighing by dropout changes nothing of the model that it weighs, and votes stay as they were", () => {
  const model = unsettle(lateMeanFusion(options));
  const x = inputs(model, 1, [
    [1, 1, 1],
    [1, 1, 0],
  ]);
  const [before, weights] = [
    rows(model.predict(x) as tf.Tensor),
    model.getWeights().map((w) => [...w.dataSync()]),
  ];
  const weighed = weighByDropout(model, { modalities, rate: 0.5, seed: 1 });
  const shares = rows(fusionWeightsOf(weighed).predict(x) as tf.Tensor);
  assert.ok(
    shares[0]!.some((share) => Math.abs(share - 1 / 3) > 0.01),
    `${shares.join()}`,
  );
  const votes = modalities.map(({ name }) => rows(headOf(model, name).predict(x) as tf.Tensor));
  rows(weighed.predict(x) as tf.Tensor).forEach((row, w) =>
    row.forEach((z, c) =>
      close(
        z,
        shares[w]!.reduce((sum, share, m) => sum + share * votes[m]![w]![c]!, 0),
      ),
    ),
  );
  assert.deepEqual(rows(model.predict(x) as tf.Tensor), before);
  assert.deepEqual(
    weighed.getWeights().map((w) => [...w.dataSync()]),
    weights,
  );
  assert.throws(
    () => weighByDropout(model, { modalities, rate: 0.5, passes: 1, seed: 1 }),
    /expected 2 passes or more, got 1/,
  );
});

test("without dropout all passes agree, and weights are equal", () => {
  const model = unsettle(uncertaintyDropoutFusion({ ...options, dropout: 0 }));
  const weights = fusionWeightsOf(model).predict(inputs(model, 1, [[1, 1, 0]])) as tf.Tensor;
  // a sum of 20 probabilities / 20 may be off by some roundings, whose squares are nothing beside 1e-6
  rows(weights)[0]!.forEach((share, m) => close(share, [0.5, 0.5, 0][m]!));
});

test("the same seed and dropout give late-mean and uncertainty-dropout the same untrained weights", () => {
  const [a, b] = [lateMeanFusion(options), uncertaintyDropoutFusion(options)];
  const named = (model: tf.LayersModel) =>
    new Map(weightsOf(model).all.map((w, i) => [model.weights[i]!.originalName, [...w.dataSync()]]));
  assert.deepEqual(named(b), named(a));
});

test("compiled, weights by dropout are the same as step by step", () => {
  const model = unsettle(uncertaintyDropoutFusion(options));
  const x = inputs(model, 1, [[1, 1, 1], [0, 1, 1]]); // prettier-ignore
  const named = Object.fromEntries(model.inputNames.map((name, i) => [name, x[i]!]));
  const step = jit(
    "read",
    (given) => ({
      y: model.apply(
        model.inputNames.map((name) => given[name]!),
        { training: false },
      ) as tf.Tensor,
    }),
    weightsOf(model).all,
  );
  step(named);
  const compiled = rows(step(named)["y"]!);
  const eager = rows(model.predict(x) as tf.Tensor);
  compiled.forEach((row, w) => row.forEach((z, c) => close(z, eager[w]![c]!)));
});
