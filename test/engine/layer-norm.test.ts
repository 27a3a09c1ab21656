/** Layer normalisation against PyTorch: values, gradients, and the two usual mistakes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { jit } from "fusion";
import { layerNorm } from "fusion/dist/engine/layer-norm";
import { assertClose } from "../close";
import fixture from "../fixtures/layer_norm.json";

type Case = (typeof fixture.cases)[number];

/** y and the gradients of Σ weights · y. */
const valuesAndGradients =
  (epsilon: number) =>
  ({ x, gain, bias, weights }: tf.NamedTensorMap): tf.NamedTensorMap => {
    const norm = (x: tf.Tensor, gain: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
      layerNorm(x, gain as tf.Tensor1D, bias as tf.Tensor1D, epsilon);
    const [dx, dgain, dbias] = tf.grads((x, gain, bias) => norm(x!, gain!, bias!).mul(weights!).sum())([
      x!,
      gain!,
      bias!,
    ]);
    return { y: norm(x!, gain!, bias!), dx: dx!, dgain: dgain!, dbias: dbias! };
  };

const inputsOf = ({ inputs, parameters }: Case): tf.NamedTensorMap => ({
  x: tf.tensor3d(inputs.x),
  weights: tf.tensor3d(inputs.loss_weights),
  gain: tf.tensor1d(parameters.weight),
  bias: tf.tensor1d(parameters.bias),
});

const { rtol } = fixture.tolerance;

for (const c of fixture.cases)
  for (const [how, run] of [
    ["eager", valuesAndGradients(c.eps)],
    ["compiled", jit("layer norm", valuesAndGradients(c.eps), [])],
  ] as const)
    test(`layer normalisation is PyTorch's on "${c.name}", ${how}`, () => {
      const { y, dx, dgain, dbias } = run(inputsOf(c));
      assertClose(y!.dataSync(), c.expected.y, c.float32_atol.expected, rtol, "y");
      const { gradients: atol } = c.float32_atol;
      assertClose(dx!.dataSync(), c.gradients.x, atol, rtol, "dx");
      assertClose(dgain!.dataSync(), c.gradients.weight, atol, rtol, "dγ");
      assertClose(dbias!.dataSync(), c.gradients.bias, atol, rtol, "dβ");
    });

test("the usual mistakes do not pass: tf.layers' epsilon, and the unbiased variance", () => {
  for (const c of fixture.cases) {
    const fails = (y: tf.Tensor): void =>
      void assert.throws(
        () => assertClose(y.dataSync(), c.expected.y, c.float32_atol.expected, rtol),
        c.name,
      );
    const { x, gain, bias } = inputsOf(c);
    fails(valuesAndGradients(1e-3)(inputsOf(c))["y"]!);
    const n = x!.shape[2]!;
    const centred = x!.sub(x!.mean(2, true));
    const unbiased = centred
      .square()
      .sum(2, true)
      .div(n - 1);
    fails(centred.div(unbiased.add(c.eps).sqrt()).mul(gain!).add(bias!));
  }
});

test("a constant row has value β and gradient 0, without NaN", () => {
  const gain = tf.tensor1d([1, 2, 3]);
  const f = (x: tf.Tensor): tf.Tensor => layerNorm(x, gain, tf.tensor1d([4, 5, 6]), 1e-5);
  assert.deepEqual([...f(tf.zeros([1, 3])).dataSync()], [4, 5, 6]);
  // the same dy · γ in each place has no part across the mean
  const dx = tf.grad((x) =>
    f(x)
      .mul(tf.tensor1d([6, 3, 2]))
      .sum(),
  )(tf.zeros([1, 3]));
  // 6 summed thrice and divided by 3 is 6 up to the rounding of γ / 3, which 1 / √ε = 316 enlarges
  assertClose(dx.dataSync(), [0, 0, 0], 316 * 6 * 4 * 2 ** -24);
});

test("a gain of another length is named", () => {
  assert.throws(() => layerNorm(tf.zeros([2, 3]), tf.ones([2]), tf.zeros([3]), 1e-5), {
    message: "layerNorm: gain: expected [feature=3], got [2]; give one gain for each feature",
  });
});
