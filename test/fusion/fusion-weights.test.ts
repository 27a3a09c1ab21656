/** Weights over modalities: by hand, their gradient, and what each fusion by weights starts from. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { adaptiveFusion } from "fusion/dist/fusion/adaptive";
import { earlyFusion } from "fusion/dist/fusion/early";
import { EqualWeights, PreferredWeights, shareOut, WeightedSum } from "fusion/dist/fusion/fusion-weights";
import { fusionWeightsOf, hasFusionWeights } from "fusion/dist/fusion/fusion-weights-of";
import { Heard } from "fusion/dist/fusion/heard";
import { hybridFusion } from "fusion/dist/fusion/hybrid";
import { lateLearnedFusion } from "fusion/dist/fusion/late-learned";
import { lateMeanFusion } from "fusion/dist/fusion/late-mean";
import { uncertaintyFusion } from "fusion/dist/fusion/uncertainty";
import { inputs, options } from "./three-sensors";

const rows = (tensor: tf.Tensor): number[][] => (tensor as tf.Tensor2D).arraySync();
const close = (got: number, expected: number, message = "") =>
  assert.ok(
    Math.abs(got - expected) <= 8 * 2 ** -24 * (1 + Math.abs(expected)),
    `${message} ${got} ${expected}`,
  );

test("shares are a softmax over those that are heard, exactly 0 and 1 where there is no choice", () => {
  const scores = tf.tensor2d([
    [0, Math.log(2), Math.log(3)],
    [0, Math.log(2), Math.log(3)],
    [80, -80, 0],
    [5, 6, 7],
    [NaN, 1, Infinity],
  ]);
  const heard = tf.tensor2d([
    [1, 1, 1],
    [1, 0, 1],
    [0, 1, 0],
    [0, 0, 0],
    [0, 1, 0],
  ]);
  const [all, two, ...exact] = rows(shareOut(scores, heard));
  [1 / 6, 2 / 6, 3 / 6].forEach((share, m) => close(all![m]!, share));
  [1 / 4, 0, 3 / 4].forEach((share, m) => close(two![m]!, share));
  assert.deepEqual(exact, [
    [0, 1, 0],
    [0, 0, 0],
    [0, 1, 0],
  ]);
});

test("the gradient is the softmax's over those that are heard, and 0 for the others", () => {
  const heard = tf.tensor2d([[1, 1, 0]]);
  const worth = tf.tensor2d([[1, 3, 9]]);
  const f = (scores: tf.Tensor) =>
    shareOut(scores as tf.Tensor2D, heard)
      .mul(worth)
      .sum();
  const slope = rows(tf.grad(f)(tf.tensor2d([[0, Math.log(3), 5]])))[0]!;
  // p = [1/4, 3/4], mean worth 2.5: p (worth - 2.5)
  [-0.375, 0.375, 0].forEach((expected, m) => close(slope[m]!, expected));
});

test("a preference gives an absent modality's share to the others", () => {
  const layer = new PreferredWeights({ name: "w" });
  const heard = tf.tensor2d([
    [1, 1, 1],
    [1, 0, 1],
  ]);
  const before = rows(layer.apply(heard) as tf.Tensor);
  before[0]!.forEach((share) => close(share, 1 / 3));
  layer.setWeights([tf.tensor1d([0, Math.log(2), Math.log(3)])]);
  const [all, two] = rows(layer.apply(heard) as tf.Tensor);
  [1 / 6, 1 / 3, 1 / 2].forEach((share, m) => close(all![m]!, share));
  [1 / 4, 0, 3 / 4].forEach((share, m) => close(two![m]!, share));
});

test("equal weights and weighted sums, by hand; heard is what has a valid step", () => {
  const heard = new Heard({ name: "h" }).apply([
    tf.tensor2d([
      [0, 1],
      [0, 0],
    ]),
    tf.ones([2, 3]),
  ]) as tf.Tensor;
  assert.deepEqual(rows(heard), [
    [1, 1],
    [0, 1],
  ]);
  const weights = new EqualWeights({ name: "e" }).apply(heard) as tf.Tensor;
  assert.deepEqual(rows(weights), [
    [0.5, 0.5],
    [0, 1],
  ]);
  const x = tf.tensor3d([[[1, 2], [3, 8]], [[5, 6], [7, 9]]]); // prettier-ignore
  assert.deepEqual(rows(new WeightedSum({ name: "s" }).apply([x, weights]) as tf.Tensor), [
    [2, 5],
    [7, 9],
  ]);
});

test("every fusion by weights starts with equal ones, whatever the data", () => {
  const presence = [
    [1, 1, 1],
    [1, 0, 1],
    [0, 1, 0],
  ];
  for (const build of [lateLearnedFusion, uncertaintyFusion, adaptiveFusion, hybridFusion]) {
    const model = build({ ...options, heads: 2 });
    const weights = rows(fusionWeightsOf(model).predict(inputs(model, 1, presence)) as tf.Tensor);
    presence.forEach((there, w) => {
      const count = there.reduce((a, b) => a + b);
      there.forEach((flag, m) => close(weights[w]![m]!, flag / count, model.name));
    });
  }
});

test("a modality that is present by its flag alone counts as absent", () => {
  for (const build of [lateMeanFusion, lateLearnedFusion, uncertaintyFusion, adaptiveFusion, hybridFusion]) {
    const model = build({ ...options, heads: 2 });
    const [there, gone] = [inputs(model, 1, [[1, 1, 1]]), inputs(model, 1, [[1, 0, 1]])];
    const dead = [...there];
    dead[model.inputNames.indexOf("chest_validity")] = tf.zeros([1, 16]);
    const [a, b] = [dead, gone].map((x) => rows(model.predict(x) as tf.Tensor));
    assert.deepEqual(a, b, model.name);
  }
});

test("a model without weights says so", () => {
  const model = earlyFusion(options);
  assert.equal(hasFusionWeights(model), false);
  assert.throws(
    () => fusionWeightsOf(model),
    /expected a layer "fusion_weights", got a model "early_fusion"/,
  );
});
