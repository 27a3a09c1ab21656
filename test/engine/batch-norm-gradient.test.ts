import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { jit } from "fusion";
import fixture from "../fixtures/batch_norm.json";

const training = fixture.cases.find(({ name }) => name === "training")!;

/** As tf.layers writes it: batch statistics by moments, then the normalisation; both are differentiated. */
function loss({ x, gamma, beta, weights }: tf.NamedTensorMap): tf.Scalar {
  const { mean, variance } = tf.moments(x!, [0, 1]);
  const y = tf.batchNorm(
    x!.expandDims(1) as tf.Tensor4D,
    mean as tf.Tensor1D,
    variance as tf.Tensor1D,
    beta as tf.Tensor1D,
    gamma as tf.Tensor1D,
    training.eps,
  );
  return y.squeeze([1]).mul(weights!).sum().asScalar();
}

const inputs = (): tf.NamedTensorMap => ({
  x: tf.tensor3d(training.inputs.x),
  weights: tf.tensor3d(training.inputs.loss_weights as number[][][]),
  gamma: tf.tensor1d(training.parameters.weight),
  beta: tf.tensor1d(training.parameters.bias),
});

const gradients = ({ x, gamma, beta, weights }: tf.NamedTensorMap): tf.NamedTensorMap => {
  const [dx, dgamma, dbeta] = tf.grads((x, gamma, beta) =>
    loss({ x: x!, gamma: gamma!, beta: beta!, weights: weights! }),
  )([x!, gamma!, beta!]);
  return { dx: dx!, dgamma: dgamma!, dbeta: dbeta! };
};

function assertNear(got: tf.Tensor, expected: unknown, title: string): void {
  const flat = (expected as number[]).flat(3) as number[];
  const [atol, rtol] = [training.float32_atol.gradients, fixture.tolerance.rtol];
  got
    .dataSync()
    .forEach((value, i) =>
      assert.ok(
        Math.abs(value - flat[i]!) <= atol + rtol * Math.abs(flat[i]!),
        `${title}[${i}]: ${value}, PyTorch ${flat[i]}`,
      ),
    );
}

for (const [how, run] of [
  ["eager", gradients],
  ["compiled", jit("batch norm", gradients, [])],
] as const)
  test(`the gradient of batch normalisation is PyTorch's, ${how}`, () => {
    const { dx, dgamma, dbeta } = run(inputs());
    assertNear(dx!, training.gradients.x, "dx");
    assertNear(dgamma!, training.gradients.weight, "dγ");
    assertNear(dbeta!, training.gradients.bias, "dβ");
  });

test("given statistics have their gradient too, by finite differences", () => {
  const x = tf.randomNormal([2, 1, 3, 2], 0, 1, "float32", 1) as tf.Tensor4D;
  const weights = tf.randomNormal([2, 1, 3, 2], 0, 1, "float32", 2);
  const f = (mean: tf.Tensor, variance: tf.Tensor) =>
    tf
      .batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, tf.zeros([2]), tf.ones([2]))
      .mul(weights)
      .sum() as tf.Scalar;
  const [mean, variance] = [tf.tensor1d([0.3, -0.2]), tf.tensor1d([1.5, 0.7])];
  const [dMean, dVariance] = tf.grads((m, v) => f(m!, v!))([mean, variance]);
  const step = 1e-2; // central differences: an error of about step² from the third derivative, and 2⁻²³ / step from rounding
  for (const [i, nudge] of [
    [0, [step, 0]],
    [1, [0, step]],
  ] as const) {
    const d = tf.tensor1d([...nudge]);
    const slope = (up: tf.Scalar, down: tf.Scalar) => (up.dataSync()[0]! - down.dataSync()[0]!) / (2 * step);
    assert.ok(
      Math.abs(slope(f(mean.add(d), variance), f(mean.sub(d), variance)) - dMean!.dataSync()[i]!) < 2e-3,
      `mean ${i}`,
    );
    assert.ok(
      Math.abs(slope(f(mean, variance.add(d)), f(mean, variance.sub(d))) - dVariance!.dataSync()[i]!) < 2e-3,
      `variance ${i}`,
    );
  }
});
