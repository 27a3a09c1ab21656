import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { gruLastState, gruSequence } from "fusion/dist/engine/gru-sequence";
import oneLayer from "../fixtures/gru_1layer.json";
import twoLayers from "../fixtures/gru_2layer.json";
import {
  assertAgrees,
  casesOf,
  outputsOf,
  type RecurrentCase,
  tensorsOf,
  type TorchModule,
} from "./torch-recurrent";

type Weights = [kernel: tf.Tensor2D, recurrentKernel: tf.Tensor2D, bias: tf.Tensor2D];

/** Three blocks of the last axis in another order: PyTorch's r, z, n is Keras's z, r, n after a swap. */
const blocks = (x: tf.Tensor, order: readonly number[]): tf.Tensor => {
  const parts = tf.split(x, 3, x.rank - 1);
  return tf.concat(
    order.map((i) => parts[i]!),
    x.rank - 1,
  );
};

const weightsOf = (named: tf.NamedTensorMap, layer: number, order = [1, 0, 2]): Weights => [
  blocks(named[`weight_ih_l${layer}`]!.transpose(), order) as tf.Tensor2D,
  blocks(named[`weight_hh_l${layer}`]!.transpose(), order) as tf.Tensor2D,
  blocks(tf.stack([named[`bias_ih_l${layer}`]!, named[`bias_hh_l${layer}`]!]), order) as tf.Tensor2D,
];

const stateOf = (named: tf.NamedTensorMap, layer: number): tf.Tensor2D | undefined =>
  named["h0"]?.slice([layer], [1]).squeeze([0]);

const stacked =
  (layers: number, order?: number[]): TorchModule =>
  (named) => {
    let y = named["x"] as tf.Tensor3D;
    const states = Array.from({ length: layers }, (_, l) => {
      const { outputs, h } = gruSequence(y, ...weightsOf(named, l, order), stateOf(named, l));
      y = outputs;
      return h;
    });
    return { y, h_n: tf.stack(states) };
  };

for (const [fixture, layers] of [
  [oneLayer, 1],
  [twoLayers, 2],
] as const)
  for (const c of casesOf(fixture))
    for (const way of ["eager", "compiled"] as const)
      test(`gruSequence gives PyTorch's values and gradients on ${fixture.name}, "${c.name}", ${way}`, () =>
        assertAgrees(c, outputsOf(c, stacked(layers), way)));

const [fromZero, fromState] = casesOf(oneLayer) as [RecurrentCase, RecurrentCase];

for (const way of ["eager", "compiled"] as const)
  test(`gruLastState gives PyTorch's last state, and its gradients, ${way}`, () => {
    const last: TorchModule = (named) => {
      const h = gruLastState(named["x"] as tf.Tensor3D, ...weightsOf(named, 0), stateOf(named, 0));
      return { y: h.expandDims(1), h_n: h.expandDims(0) };
    };
    const c = {
      ...fromZero,
      inputs: { ...fromZero.inputs, loss_weights_y: [[[0]]] },
      expected: { h_n: fromZero.expected["h_n"]! },
      gradients: { of_loss_last: fromZero.gradients.of_loss_last! },
    };
    assertAgrees(c, outputsOf(c, last, way));
  });

const refuses = (title: string, module: TorchModule): void =>
  void test(`the fixture tells ${title} apart`, () => {
    const values = { ...fromZero, gradients: {} };
    assert.throws(() => assertAgrees(values, outputsOf(values, module, "eager")), /they differ by/);
  });

const stock =
  (recurrentActivation: "sigmoid" | "hardSigmoid"): TorchModule =>
  (named) => {
    const layer = tf.layers.gru({ units: 4, recurrentActivation, returnSequences: true, returnState: true });
    layer.apply(named["x"]!); // builds the weights
    const [kernel, recurrentKernel, bias] = weightsOf(named, 0);
    layer.setWeights([kernel, recurrentKernel, bias.sum(0)]);
    const [y, h] = layer.apply(named["x"]!) as unknown as tf.Tensor[];
    layer.dispose();
    return { y: y!, h_n: h!.expandDims(0) };
  };

refuses("a reset gate before the recurrent product", stock("sigmoid"));
refuses("a hard sigmoid", stock("hardSigmoid"));
refuses("the gate order z, r, n", stacked(1, [0, 1, 2]));
refuses("both biases of n before the reset gate", (named) => {
  const [both, none] = [named["bias_ih_l0"]!.add(named["bias_hh_l0"]!), tf.zeros([12])];
  return stacked(1)({ ...named, bias_ih_l0: both, bias_hh_l0: none });
});

test("the gradient of the initial state is that of finite differences", () => {
  const named = tensorsOf(fromState);
  const loss = (h0: tf.Tensor): tf.Scalar =>
    stacked(1)({ ...named, h0 })
      .y.square()
      .sum()
      .asScalar();
  const slope = tf.grad(loss)(named["h0"]!).dataSync();
  // central differences: an error of about step² from the third derivative, and 2⁻²³ · loss / step from rounding
  const step = 1e-2;
  slope.forEach((expected, i) => {
    const nudge = tf.oneHot([i], slope.length).reshape(named["h0"]!.shape).cast("float32").mul(step);
    const [up, down] = [named["h0"]!.add(nudge), named["h0"]!.sub(nudge)].map(
      (h0) => loss(h0).dataSync()[0]!,
    );
    assert.ok(Math.abs((up! - down!) / (2 * step) - expected) < 2e-3, `h0[${i}]`);
  });
});

test("gruSequence names what does not fit", () => {
  const zeros = (...shape: number[]): tf.Tensor => tf.zeros(shape);
  assert.throws(
    () =>
      gruSequence(
        zeros(2, 5, 3) as tf.Tensor3D,
        zeros(3, 12) as tf.Tensor2D,
        zeros(4, 12) as tf.Tensor2D,
        zeros(1, 12) as tf.Tensor2D,
      ),
    {
      message:
        "gruSequence: bias: expected [source=2, gates=12], got [1, 12]; weights and state must fit x and each other",
    },
  );
});

test("gruSequence leaves its two results in memory and nothing else, and its gradient one a weight", () => {
  const x = tf.randomNormal<tf.Rank.R3>([2, 5, 3], 0, 1, "float32", 1);
  const weights: Weights = [tf.ones([3, 12]), tf.ones([4, 12]), tf.ones([2, 12])];
  const before = tf.memory().numTensors;
  gruSequence(x, ...weights);
  assert.equal(tf.memory().numTensors - before, 2);
  tf.grads((k: tf.Tensor) => gruSequence(x, k as tf.Tensor2D, weights[1], weights[2]).outputs.sum())([
    weights[0],
  ]);
  assert.equal(tf.memory().numTensors - before, 3);
});
