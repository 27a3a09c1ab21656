import assert from "node:assert/strict";
import { test } from "node:test";
import { randomFor } from "fusion/dist/random";
import { cholesky, choleskySolve } from "fusion/dist/train/cholesky";
import {
  designOf,
  fitLogisticRegression,
  logisticLoss,
  logisticProbabilities,
} from "fusion/dist/train/logistic-regression";

test("without a useful feature the probabilities are the classes' shares", () => {
  // a constant feature is standardised to 0, so only the bias is left: p = 3/4, 1/4 whatever λ
  const examples = { features: Float64Array.of(5, 5, 5, 5), labels: [0, 0, 0, 1], classes: 2 };
  const model = fitLogisticRegression(examples, { tolerance: 1e-10 });
  const p = logisticProbabilities(model, Float64Array.of(5));
  assert.ok(Math.abs(p[0]! - 0.75) < 1e-8 && Math.abs(p[1]! - 0.25) < 1e-8, `${p}`);
});

test("two mirrored examples: the weight solves λ w = 2 p(-), by hand", () => {
  // x = ∓1, y = 0, 1 and W = [-w, w]: each example pulls with p(wrong) = 1/(1 + e^{2w}), two of them, so λ w = 2 p(wrong)
  const model = fitLogisticRegression(
    { features: Float64Array.of(-1, 1), labels: [0, 1], classes: 2 },
    { l2: 0.5, tolerance: 1e-12 },
  );
  const w = model.weights[2]!; // [class, feature + 1]
  assert.ok(Math.abs(0.5 * w - 2 / (1 + Math.exp(2 * w))) < 1e-10, `${w}`);
  assert.ok(Math.abs(model.weights[0]! + w) < 1e-12);
});

function example(): { readonly features: Float64Array; readonly labels: number[]; readonly classes: number } {
  const random = randomFor(1, "logistic");
  const labels = Array.from({ length: 60 }, (_, i) => i % 3);
  const features = Float64Array.from(
    labels.flatMap((y) => [random.normal() + y, 3 * random.normal(), 7 - y * random.uniform()]),
  );
  return { features, labels, classes: 3 };
}

test("the gradient is the loss's slope, by central differences", () => {
  const { features, labels } = example();
  const x = designOf(features, new Float64Array(3), new Float64Array(3).fill(2));
  const random = randomFor(2, "logistic");
  const weights = Float64Array.from({ length: 12 }, () => random.normal());
  const { gradient } = logisticLoss(weights, x, labels, 0.7);
  const h = 1e-5; // error h² f‴/6 ≈ 1e-9 and rounding 1e-14/h ≈ 1e-9, each times the 60 examples
  weights.forEach((w, i) => {
    const at = (v: number): number =>
      logisticLoss(
        weights.map((u, j) => (j === i ? v : u)),
        x,
        labels,
        0.7,
      ).loss;
    assert.ok(Math.abs((at(w + h) - at(w - h)) / (2 * h) - gradient[i]!) < 1e-6, `weight ${i}`);
  });
});

test("at the end the slope is flat, and the same input gives the same bytes", () => {
  const examples = example();
  const model = fitLogisticRegression(examples, { tolerance: 1e-9 });
  assert.ok(model.converged);
  const x = designOf(examples.features, model.mean, model.scale);
  const { gradient } = logisticLoss(model.weights, x, examples.labels, 1);
  // a step is at most 1e-9 and the curvature that it was divided by at most ½ · 60 · 4 + 1
  for (const g of gradient) assert.ok(Math.abs(g) < 121e-9, `${g}`);
  assert.deepEqual(fitLogisticRegression(examples, { tolerance: 1e-9 }), model);
});

test("units do not matter, and NaN counts as the training mean", () => {
  const examples = example();
  const scaled = { ...examples, features: examples.features.map((v, i) => (i % 3 === 1 ? 1000 * v + 5 : v)) };
  const [a, b] = [fitLogisticRegression(examples), fitLogisticRegression(scaled)];
  a.weights.forEach((w, i) => assert.ok(Math.abs(w - b.weights[i]!) < 1e-9));
  const known = Float64Array.of(1, a.mean[1]!, 6);
  assert.deepEqual(logisticProbabilities(a, Float64Array.of(1, NaN, 6)), logisticProbabilities(a, known));
});

test("a class without examples is refused", () => {
  assert.throws(
    () => fitLogisticRegression({ features: Float64Array.of(1, 2), labels: [0, 2], classes: 3 }),
    {
      message:
        "fitLogisticRegression: expected examples of each class 0 to 2, got classes [0, 2] in 2 labels for 2 features; number the classes that training holds",
    },
  );
});

test("cholesky solves by hand, and refuses what has no root", () => {
  const l = cholesky(Float64Array.of(4, 2, 2, 10)); // [[4, 2], [2, 10]] = L Lᵀ with L = [[2, 0], [1, 3]]
  assert.deepEqual([...l], [2, 0, 1, 3]);
  assert.deepEqual([...choleskySolve(l, Float64Array.of(8, 22, 4, 2))], [1, 2, 1, 0]);
  assert.throws(() => cholesky(Float64Array.of(1, 2, 2, 1)), /cholesky: expected a positive definite matrix/);
});
