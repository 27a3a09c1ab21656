import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { engineIdentity, jit } from "fusion";
import { batchNormTraining } from "fusion/dist/engine/batch-norm-training";
import { assertClose } from "../close";
import fixture from "../fixtures/batch_norm.json";

const caseOf = (name: string) => fixture.cases.find((c) => c.name === name)!;
const training = caseOf("training");
const { rtol } = fixture.tolerance;

const weights = tf.tensor3d(training.inputs.loss_weights as number[][][]);
const step = ({ x, gain, bias }: tf.NamedTensorMap): tf.NamedTensorMap => {
  const f = (x: tf.Tensor, gain: tf.Tensor, bias: tf.Tensor) =>
    batchNormTraining(x, gain, bias, training.eps).y;
  const loss = (...of: tf.Tensor[]): tf.Scalar => f(of[0]!, of[1]!, of[2]!).mul(weights).sum();
  const [dx, dGain, dBias] = tf.grads(loss)([x!, gain!, bias!]);
  return { y: f(x!, gain!, bias!), dx: dx!, dGain: dGain!, dBias: dBias! };
};

for (const way of ["eager", "compiled"] as const)
  test(`batch normalisation in training and its gradients are PyTorch's, ${way}`, () => {
    const run = way === "eager" ? step : jit("batch norm", step, []);
    const { y, dx, dGain, dBias } = run({
      x: tf.tensor3d(training.inputs.x),
      gain: tf.tensor1d(training.parameters.weight),
      bias: tf.tensor1d(training.parameters.bias),
    });
    const { expected, gradients, float32_atol } = training;
    assertClose(y!.dataSync(), expected.y, float32_atol.expected, rtol, "y");
    assertClose(dx!.dataSync(), gradients!.x, float32_atol.gradients, rtol, "dx");
    assertClose(dGain!.dataSync(), gradients!.weight, float32_atol.gradients, rtol, "dγ");
    assertClose(dBias!.dataSync(), gradients!.bias, float32_atol.gradients, rtol, "dβ");
  });

/** A stock layer that has the case's weights and statistics. */
function layerOf({ inputs, parameters, eps, momentum }: typeof training): tf.layers.Layer {
  const layer = tf.layers.batchNormalization({ epsilon: eps, momentum: 1 - momentum });
  layer.build(tf.tensor3d(inputs.x).shape);
  const { running_mean, running_var } = inputs;
  layer.setWeights(
    [parameters.weight, parameters.bias, running_mean, running_var].map((w) => tf.tensor1d(w)),
  );
  return layer;
}

test("a stock layer in training gives PyTorch's answer and moves its mean alike, its variance by the biased one", () => {
  const layer = layerOf(training);
  const y = layer.call(tf.tensor3d(training.inputs.x), { training: true }) as tf.Tensor;
  const { expected, float32_atol, inputs, momentum } = training;
  assertClose(y.dataSync(), expected.y, float32_atol.expected, rtol, "y");
  const [, , mean, variance] = layer.getWeights();
  assertClose(mean!.dataSync(), expected.running_mean_after, float32_atol.expected, rtol, "moving mean");
  const rows = inputs.x.length * inputs.x[0]!.length;
  // PyTorch: after = (1 - m) before + m · unbiased; tf.layers takes unbiased · (n - 1) / n
  const biased = expected.running_var_after.map((after, i) => {
    const kept = (1 - momentum) * inputs.running_var[i]!;
    return kept + ((after - kept) * (rows - 1)) / rows;
  });
  assertClose(variance!.dataSync(), biased, float32_atol.expected, rtol, "moving variance");
});

test("a stock layer outside of training gives PyTorch's answer from its moving statistics", () => {
  const c = caseOf("inference");
  const y = layerOf(c).call(tf.tensor3d(c.inputs.x), {}) as tf.Tensor;
  assertClose(y.dataSync(), c.expected.y, c.float32_atol.expected, rtol, "y");
});

test("its gradient is that of the formula written out, and nothing stays in memory", () => {
  const x = tf.randomNormal<tf.Rank.R3>([4, 10, 3], 2, 3, "float32", 1);
  const slope = tf.randomNormal([4, 10, 3], 0, 1, "float32", 2);
  const [gain, bias] = [tf.ones([3]), tf.zeros([3])];
  const plain = (x: tf.Tensor): tf.Tensor => {
    const { mean, variance } = tf.moments(x, [0, 1]);
    return x.sub(mean).div(variance.add(1e-5).sqrt());
  };
  const before = tf.memory().numTensors;
  const dx = tf.grad((x) => batchNormTraining(x, gain, bias, 1e-5).y)(x, slope);
  const expected = tf.tidy(() => tf.grad(plain)(x, slope).dataSync<"float32">().slice());
  // sums of 40 terms of about 1, twice, each rounded to 2⁻²⁴ of at most 40
  assertClose(dx.dataSync(), [...expected], 2 * 40 * 40 * 2 ** -24, 0, "dx");
  dx.dispose();
  assert.equal(tf.memory().numTensors, before);
});

test("a layer without gain and bias normalises alone; one over another axis goes the stock way", () => {
  const train = (config: object, x: tf.Tensor): ArrayLike<number> => {
    const layer = tf.layers.batchNormalization({ epsilon: 1e-5, ...config });
    return (layer.apply(x, { training: true }) as tf.Tensor).dataSync();
  };
  // (x - 2) / √(1 + 1e-5), and 5 is its own mean
  assertClose(train({ scale: false, center: false }, tf.tensor2d([[1], [3]])), [[-1], [1]], 1e-5);
  if (engineIdentity().name === "wasm") return; // whose kernel misreads statistics of another axis
  const x = tf.tensor3d([1, 3, 5, 5], [1, 2, 2]);
  assertClose(train({ axis: 1 }, x), [-1, 1, 0, 0], 1e-5);
});
