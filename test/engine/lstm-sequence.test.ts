import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { jit } from "fusion";
import { lstmLastState, lstmSequence } from "fusion/dist/engine/lstm-sequence";
import oneLayer from "../fixtures/lstm_1layer.json";
import twoLayers from "../fixtures/lstm_2layer.json";
import bothWays from "../fixtures/lstm_bidirectional.json";
import {
  assertAgrees,
  casesOf,
  outputsOf,
  type RecurrentCase,
  tensorsOf,
  type TorchModule,
} from "./torch-recurrent";

type Weights = [kernel: tf.Tensor2D, recurrentKernel: tf.Tensor2D, bias: tf.Tensor1D];

/** PyTorch's parameters of one layer and direction as Keras has them: transposed, and one bias. */
const weightsOf = (named: tf.NamedTensorMap, suffix: string): Weights => [
  named[`weight_ih_${suffix}`]!.transpose(),
  named[`weight_hh_${suffix}`]!.transpose(),
  named[`bias_ih_${suffix}`]!.add(named[`bias_hh_${suffix}`]!),
];

const stateOf = (named: tf.NamedTensorMap, layer: number) =>
  named["h0"] && {
    h: named["h0"].slice([layer], [1]).squeeze<tf.Tensor2D>([0]),
    c: named["c0"]!.slice([layer], [1]).squeeze<tf.Tensor2D>([0]),
  };

const stacked =
  (layers: number): TorchModule =>
  (named) => {
    let y = named["x"] as tf.Tensor3D;
    const states = Array.from({ length: layers }, (_, l) => {
      const { outputs, ...state } = lstmSequence(y, ...weightsOf(named, `l${l}`), stateOf(named, l));
      y = outputs;
      return state;
    });
    return { y, h_n: tf.stack(states.map(({ h }) => h)), c_n: tf.stack(states.map(({ c }) => c)) };
  };

const bidirectional: TorchModule = (named) => {
  const x = named["x"] as tf.Tensor3D;
  const there = lstmSequence(x, ...weightsOf(named, "l0"));
  const back = lstmSequence(x.reverse(1), ...weightsOf(named, "l0_reverse"));
  return {
    y: tf.concat([there.outputs, back.outputs.reverse(1)], 2),
    h_n: tf.stack([there.h, back.h]),
    c_n: tf.stack([there.c, back.c]),
  };
};

for (const [fixture, module] of [
  [oneLayer, stacked(1)],
  [twoLayers, stacked(2)],
  [bothWays, bidirectional],
] as const)
  for (const c of casesOf(fixture))
    for (const way of ["eager", "compiled"] as const)
      test(`lstmSequence gives PyTorch's values and gradients on ${fixture.name}, "${c.name}", ${way}`, () =>
        assertAgrees(c, outputsOf(c, module, way)));

const [fromZero, fromState] = casesOf(oneLayer) as [RecurrentCase, RecurrentCase];

/** The gates in another order: blocks of the weights as named by their places. */
const reordered = (order: readonly number[]): TorchModule => {
  const blocks = (x: tf.Tensor): tf.Tensor => {
    const parts = tf.split(x, 4, x.rank - 1);
    return tf.concat(
      order.map((i) => parts[i]!),
      x.rank - 1,
    );
  };
  return (named) => {
    const weights = weightsOf(named, "l0").map(blocks) as unknown as Weights;
    const { outputs, h, c } = lstmSequence(named["x"] as tf.Tensor3D, ...weights);
    return { y: outputs, h_n: h.expandDims(0), c_n: c.expandDims(0) };
  };
};

const stock =
  (recurrentActivation: "sigmoid" | "hardSigmoid"): TorchModule =>
  (named) => {
    const layer = tf.layers.lstm({ units: 4, recurrentActivation, returnSequences: true, returnState: true });
    layer.apply(named["x"]!); // builds the weights
    layer.setWeights(weightsOf(named, "l0"));
    const [y, h, c] = layer.apply(named["x"]!) as unknown as tf.Tensor[];
    layer.dispose();
    return { y: y!, h_n: h!.expandDims(0), c_n: c!.expandDims(0) };
  };

const refuses = (title: string, module: TorchModule): void =>
  void test(`the fixture tells ${title} apart`, () => {
    const values = { ...fromZero, gradients: {} };
    assert.throws(() => assertAgrees(values, outputsOf(values, module, "eager")), /they differ by/);
  });

refuses("the gate order i, g, f, o", reordered([0, 2, 1, 3]));
refuses("a hard sigmoid", stock("hardSigmoid"));
refuses("a missing second bias", (named) =>
  stacked(1)({ ...named, bias_hh_l0: tf.zerosLike(named["bias_hh_l0"]!) }),
);

test("the stock layer with the sigmoid gives PyTorch's values, and so what ours gives", () => {
  const values = { ...fromZero, gradients: {} };
  assertAgrees(values, outputsOf(values, stock("sigmoid"), "eager"));
});

for (const way of ["eager", "compiled"] as const)
  test(`lstmLastState gives the state of lstmSequence, and PyTorch's gradients of the last step, ${way}`, () => {
    const last: TorchModule = (named) => {
      const { h, c } = lstmLastState(named["x"] as tf.Tensor3D, ...weightsOf(named, "l0"), stateOf(named, 0));
      return { y: h.expandDims(1), h_n: h.expandDims(0), c_n: c.expandDims(0) };
    };
    const { of_loss_last } = fromZero.gradients;
    const { h_n, c_n } = fromZero.expected;
    const c = { ...fromZero, expected: { h_n: h_n!, c_n: c_n! }, gradients: { of_loss_last: of_loss_last! } };
    assertAgrees(c, outputsOf({ ...c, inputs: { ...c.inputs, loss_weights_y: [[[0]]] } }, last, way));
  });

test("the gradient of the initial state is that of finite differences", () => {
  const named = tensorsOf(fromState);
  const loss = (c0: tf.Tensor): tf.Scalar =>
    stacked(1)({ ...named, c0 })
      .y.square()
      .sum()
      .asScalar();
  const slope = tf.grad(loss)(named["c0"]!).dataSync();
  // central differences: an error of about step² from the third derivative, and 2⁻²³ · loss / step from rounding
  const step = 1e-2;
  slope.forEach((expected, i) => {
    const nudge = tf.oneHot([i], slope.length).reshape(named["c0"]!.shape).cast("float32").mul(step);
    const [up, down] = [named["c0"]!.add(nudge), named["c0"]!.sub(nudge)].map(
      (c0) => loss(c0).dataSync()[0]!,
    );
    assert.ok(Math.abs((up! - down!) / (2 * step) - expected) < 2e-3, `c0[${i}]`);
  });
});

test("a later step changes no earlier output", () => {
  const named = tensorsOf(fromZero);
  const [x, weights] = [named["x"] as tf.Tensor3D, weightsOf(named, "l0")];
  const all = lstmSequence(x, ...weights).outputs.arraySync();
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.double({ min: -9, max: 9, noNaN: true }), (t, value) => {
      const changed = tf.concat([x.slice([0, 0], [-1, t]), tf.fill([3, 7 - t, 5], value)], 1) as tf.Tensor3D;
      const outputs = lstmSequence(changed, ...weights).outputs.arraySync();
      outputs.forEach((steps, row) => assert.deepEqual(steps.slice(0, t), all[row]!.slice(0, t)));
    }),
    { seed: 1, numRuns: 20 },
  );
});

test("a single step and a batch of one are sequences too", () => {
  const [kernel, recurrent] = [tf.randomNormal([2, 12], 0, 1, "float32", 1), tf.zeros([3, 12])];
  const run = (kernel: tf.Tensor) => {
    const x = tf.ones<tf.Rank.R3>([1, 1, 2]);
    return lstmSequence(x, kernel as tf.Tensor2D, recurrent as tf.Tensor2D, tf.zeros([12])).outputs;
  };
  const [i, , g, o] = tf.split(tf.ones([1, 2]).matMul(kernel as tf.Tensor2D), 4, 1);
  const byHand = o!.sigmoid().mul(i!.sigmoid().mul(g!.tanh()).tanh());
  // sums of two products: rounding alone
  assert.ok(run(kernel).squeeze([1]).sub(byHand).abs().max().dataSync()[0]! < 1e-6);
  const gradient = tf.grad((k: tf.Tensor) => run(k).sum())(kernel);
  assert.deepEqual(gradient.shape, [2, 12]);
});

test("lstmSequence names what does not fit", () => {
  const zeros = (...shape: number[]): tf.Tensor => tf.zeros(shape);
  const run = (bias: number): unknown =>
    lstmSequence(
      zeros(2, 5, 3) as tf.Tensor3D,
      zeros(3, 16) as tf.Tensor2D,
      zeros(4, 16) as tf.Tensor2D,
      zeros(bias) as tf.Tensor1D,
    );
  assert.throws(() => run(12), {
    message: "lstmSequence: bias: expected [gates=16], got [12]; weights and state must fit x and each other",
  });
});

test("lstmSequence leaves its three results in memory and nothing else, and its gradient one a weight", () => {
  const x = tf.randomNormal<tf.Rank.R3>([2, 5, 3], 0, 1, "float32", 1);
  const weights: Weights = [tf.ones([3, 16]), tf.ones([4, 16]), tf.ones([16])];
  const before = tf.memory().numTensors;
  lstmSequence(x, ...weights);
  assert.equal(tf.memory().numTensors - before, 3);
  tf.grads((k: tf.Tensor) => lstmSequence(x, k as tf.Tensor2D, weights[1], weights[2]).outputs.sum())([
    weights[0],
  ]);
  assert.equal(tf.memory().numTensors - before, 4);
});

test("a compiled sequence may be used twice in one function", () => {
  const weights: Weights = [
    tf.randomNormal([3, 12], 0, 1, "float32", 1),
    tf.randomNormal([3, 12], 0, 1, "float32", 2),
    tf.zeros([12]),
  ];
  const twice = ({ x, kernel }: tf.NamedTensorMap): tf.NamedTensorMap => {
    const through = (k: tf.Tensor): tf.Tensor => {
      const [, recurrent, bias] = weights;
      const once = lstmSequence(x as tf.Tensor3D, k as tf.Tensor2D, recurrent, bias).outputs;
      return lstmSequence(once, k as tf.Tensor2D, recurrent, bias).outputs;
    };
    return { gradient: tf.grad((k: tf.Tensor) => through(k).square().sum())(kernel!) };
  };
  const inputs = { x: tf.randomNormal([2, 6, 3], 0, 1, "float32", 3), kernel: weights[0] };
  const [eager, compiled] = [twice(inputs), jit("twice", twice, [])(inputs)].map((r) => r["gradient"]!);
  // float32 sums of some dozens of terms in another order
  assert.ok(eager!.sub(compiled!).abs().max().dataSync()[0]! < 1e-5);
});
