import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { attend, jit } from "fusion";
import { causalMask } from "fusion/dist/attention/causal-mask";
import { assertClose } from "../close";
import fixture from "../fixtures/scaled_dot_product_attention.json";

const tokens = (...values: number[]): tf.Tensor4D => tf.tensor4d(values, [1, 1, values.length / 2, 2]);
const mask = (...values: number[]): tf.Tensor4D => tf.tensor4d(values, [1, 1, 1, values.length]);

test("attend weighs keys by softmax(q·k / √dim)", () => {
  // q·k = [√8, 0] and √dim = √2, so the scores are [2, 0] and the weights e² : 1
  const { weights } = attend(tokens(Math.sqrt(8), 0), tokens(1, 0, 0, 1), tokens(5, 5, 7, 7), mask(1, 1));
  assertClose(weights.dataSync(), [0.880797, 0.119203], 1e-6);
});

test("a hidden key changes nothing, whatever it holds", () => {
  const read = (x: number, y: number): ArrayLike<number> =>
    attend(tokens(1, 2), tokens(3, 1, x, y), tokens(4, 5, x, y), mask(1, 0)).outputs.dataSync();
  const value = fc.float({ noNaN: true, min: -1e6, max: 1e6 });
  fc.assert(
    fc.property(value, value, (x, y) => assert.deepEqual(read(x, y), read(0, 0))),
    { seed: 1 },
  );
});

const names = ["q", "k", "v"] as const;
const four = (x: number[][][][]): tf.Tensor4D => tf.tensor4d(x);

for (const { name, inputs, expected, gradients, float32_atol } of fixture.cases) {
  const all: Record<string, tf.Tensor4D> = { q: four(inputs.q), k: four(inputs.k), v: four(inputs.v) };
  if (inputs.bias) all["bias"] = four(inputs.bias);
  const lossWeights = four(inputs.loss_weights);
  const allowed = name === "causal" ? causalMask(4) : inputs.allowed && four(inputs.allowed);

  const step = (given: tf.NamedTensorMap): tf.NamedTensorMap => {
    const keys = Object.keys(given);
    const outputs = (...x: tf.Tensor[]) => {
      const { q, k, v, bias } = Object.fromEntries(keys.map((key, i) => [key, x[i] as tf.Tensor4D]));
      return attend(q!, k!, v!, allowed, bias ? { bias } : {}).outputs;
    };
    const { value, grads } = tf.valueAndGrads(
      (...x) =>
        outputs(...x)
          .mul(lossWeights)
          .sum() as tf.Scalar,
    )(Object.values(given));
    const d = Object.fromEntries(keys.map((key, i) => [`d${key}`, grads[i]!]));
    return { y: outputs(...Object.values(given)), loss: value, ...d };
  };

  for (const [way, run] of [
    ["eager", step],
    ["compiled", jit("attend", step, [])],
  ] as const)
    test(`attend, ${way}, agrees with PyTorch on "${name}", value and gradients`, () => {
      const { y, loss, ...d } = run(all);
      assertClose(y!.dataSync(), expected.y, float32_atol.expected, 1e-5, "y");
      assertClose(loss!.dataSync(), expected.loss, float32_atol.expected, 1e-5, "loss");
      for (const key of [...names, ...(inputs.bias ? ["bias" as const] : [])])
        assertClose(d[`d${key}`]!.dataSync(), gradients[key]!, float32_atol.gradients, 1e-5, `d${key}`);
      if (name === "empty_row") {
        const row = (x: tf.Tensor) => [...x.slice([0, 0, 2, 0], [1, 2, 1, 3]).dataSync()];
        assert.deepEqual([row(y!), row(d["dq"]!)], [new Array(6).fill(0), new Array(6).fill(0)]);
      }
    });
}

test("attend names the axis that does not fit", () => {
  const wide = tf.zeros<tf.Rank.R4>([1, 1, 4, 64]);
  assert.throws(() => attend(tokens(1, 0), wide, wide, mask(1, 1, 1, 1)), {
    message:
      "attend: keys: expected [batch=1, head=1, key, dim=2], got [1, 1, 4, 64]; project both to one dim",
  });
});

test("attend leaves its two results in memory and nothing else", () => {
  const [x, allowed] = [tokens(1, 0, 0, 1), mask(1, 1)];
  const before = tf.memory().numTensors;
  attend(x, x, x, allowed);
  assert.equal(tf.memory().numTensors - before, 2);
});
