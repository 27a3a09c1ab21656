import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { jit } from "fusion";
import { clipGlobalNorm } from "fusion/dist/train/clip";
import { balancedClassWeights, crossEntropy } from "fusion/dist/train/cross-entropy";
import { decide, negativeLogLikelihood } from "fusion/dist/train/evaluate";
import { flatten, unflatten } from "fusion/dist/train/flat";
import { learningRateAt } from "fusion/dist/train/schedule";
import { assertClose } from "../close";
import clip from "../fixtures/clip_global_norm.json";
import entropy from "../fixtures/cross_entropy.json";
import schedule from "../fixtures/cosine_schedule.json";

for (const { name, inputs, expected, gradients, float32_atol } of entropy.cases)
  for (const way of ["eager", "compiled"] as const)
    test(`crossEntropy, ${way}, agrees with PyTorch on "${name}", value and gradient`, () => {
      const targets = inputs.targets
        ? tf.tensor2d(inputs.targets)
        : (tf.oneHot(tf.tensor1d(inputs.labels, "int32"), 5).cast("float32") as tf.Tensor2D);
      const classWeights = inputs.class_weights && tf.tensor1d(inputs.class_weights);
      const options = { labelSmoothing: inputs.label_smoothing, ...(classWeights && { classWeights }) };
      const step = ({ logits }: tf.NamedTensorMap) => {
        const of = (z: tf.Tensor) => crossEntropy(z as tf.Tensor2D, targets, options);
        const { value, grad } = tf.valueAndGrad(of)(logits!);
        return { value, grad };
      };
      const run = way === "eager" ? step : jit("cross-entropy", step, []);
      const { value, grad } = run({ logits: tf.tensor2d(inputs.logits) });
      assertClose(value!.dataSync(), expected.loss, float32_atol.expected, 1e-5, "loss");
      assertClose(grad!.dataSync(), gradients.logits, float32_atol.gradients, 1e-5, "gradient");
    });

test("with smoothing and class weights, by hand: each class's part of the target has its own weight", () => {
  // logits 0: log softmax = -ln 2. Smoothed target of class 0 with ε = 0.2: [0.9, 0.1]; weights [3, 1]:
  // -(0.9 · 3 + 0.1 · 1) · (-ln 2) / 3 = 2.8 / 3 · ln 2, PyTorch's rule
  const options = { labelSmoothing: 0.2, classWeights: tf.tensor1d([3, 1]) };
  const loss = crossEntropy(tf.tensor2d([[0, 0]]), tf.tensor2d([[1, 0]]), options).dataSync();
  assertClose(loss, (2.8 / 3) * Math.LN2, 1e-6);
});

for (const { name, inputs, expected, float32_atol } of clip.cases)
  test(`clipGlobalNorm agrees with PyTorch on "${name}"`, () => {
    const { W1, b1, W2 } = inputs.gradients;
    const gradients = [tf.tensor2d(W1), tf.tensor1d(b1), tf.tensor2d(W2)];
    const { clipped, norm } = clipGlobalNorm(flatten(gradients), inputs.max_norm);
    const parts = unflatten(clipped, gradients);
    assertClose(norm.dataSync(), expected.global_norm, float32_atol.expected, 1e-5, "norm");
    (["W1", "b1", "W2"] as const).forEach((part, i) =>
      assertClose(parts[i]!.dataSync(), expected.torch[part], float32_atol.expected, 1e-5, part),
    );
  });

test("learningRateAt is the schedule that warms up from its first step, to 1e-12", () => {
  const { parameters, expected } = schedule.cases.find(({ name }) => name === "warm_up_from_first_step")!;
  const { base, min, total, warm } = parameters;
  const ours = { base, minimum: min, warmupSteps: warm, totalSteps: total };
  assertClose(
    expected.values.map((_, i) => learningRateAt(i, ours)),
    expected.values,
    1e-12,
    0,
  );
});

test("learningRateAt without warm-up: by hand, and the last step has the minimum", () => {
  // cos(π/4), cos(π/2), cos(3π/4), cos(π) of a base of 1 and a minimum of 0
  const rates = [0, 1, 2, 3].map((i) =>
    learningRateAt(i, { base: 1, minimum: 0, warmupSteps: 0, totalSteps: 4 }),
  );
  assertClose(rates, [(1 + Math.SQRT1_2) / 2, 0.5, (1 - Math.SQRT1_2) / 2, 0], 1e-15);
});

test("a training shorter than its warm-up climbs to the end", () => {
  const rates = [0, 1].map((i) => learningRateAt(i, { base: 1, minimum: 0, warmupSteps: 4, totalSteps: 2 }));
  assert.deepEqual(rates, [0.25, 0.5]);
});

test("balancedClassWeights are n / (classes · n_c); what is not there gets 0", () => {
  // 6 labels, 3 classes: 6 / (3 · 4), 6 / (3 · 2), none
  assert.deepEqual([...balancedClassWeights([0, 0, 1, 0, 1, 0], 3)], [0.5, 1, 0]);
});

test("negativeLogLikelihood and decide, by hand", () => {
  const logits = [Float32Array.of(0, Math.log(3)), Float32Array.of(1000, 1000)];
  // softmax: [1/4, 3/4] and [1/2, 1/2], also where exp(1000) overflows
  const expected = (Math.log(4) + Math.log(2)) / 2;
  assertClose([negativeLogLikelihood(logits, [0, 1])], expected, 1e-6);
  assert.deepEqual([...decide(logits)], [1, 0], "the first of equals");
});
