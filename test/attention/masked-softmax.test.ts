import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { jit, maskedSoftmax } from "fusion";
import { softmax } from "fusion/dist/attention/masked-softmax";
import { assertClose } from "../close";

const numbers = (x: tf.Tensor): number[] => [...x.dataSync()];

test("hidden scores have no weight, the others share as e^s", () => {
  // e^ln 3 : e^0 = 3 : 1
  const weights = maskedSoftmax(tf.tensor2d([[Math.log(3), 9, 0]]), tf.tensor2d([[1, 0, 1]]));
  assertClose(numbers(weights), [0.75, 0, 0.25], 2 ** -22);
});

test("a row without an allowed key is all 0, and so is its gradient", () => {
  const scores = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  const allowed = tf.tensor2d([
    [0, 0],
    [1, 1],
  ]);
  const loss = (s: tf.Tensor) =>
    maskedSoftmax(s, allowed)
      .mul(tf.tensor1d([1, 2]))
      .sum() as tf.Scalar;
  assert.deepEqual(numbers(maskedSoftmax(scores, allowed)).slice(0, 2), [0, 0]);
  const gradient = numbers(tf.grad(loss)(scores));
  assert.ok(gradient.slice(0, 2).every((g) => g === 0));
  // p = [1/(1+e), e/(1+e)]: ds₂ = p₁ p₂ (2 - 1), ds₁ = -ds₂
  const slope = Math.E / (1 + Math.E) ** 2;
  assertClose(gradient.slice(2), [-slope, slope], 2 ** -21);
});

test("a hidden score may hold anything, NaN included, in value and gradient, eager and compiled", () => {
  const allowed = tf.tensor2d([[1, 0, 1, 0]]);
  const step = ({ s }: tf.NamedTensorMap) => {
    const loss = (s: tf.Tensor) => maskedSoftmax(s, allowed).square().sum() as tf.Scalar;
    return { p: maskedSoftmax(s!, allowed), ds: tf.grad(loss)(s!) };
  };
  for (const run of [step, jit("maskedSoftmax", step, [])]) {
    const read = (hidden: number) =>
      Object.values(run({ s: tf.tensor2d([[0.5, hidden, -0.5, hidden]]) })).flatMap(numbers);
    const plain = read(0);
    for (const hidden of [NaN, Infinity, -Infinity, 1e38, -1e38])
      assert.deepEqual(read(hidden), plain, `${hidden}`);
  }
});

test("the mask broadcasts, and of one key the weight is exactly 1 with a gradient of exactly 0", () => {
  const scores = tf.randomNormal<tf.Rank.R4>([2, 3, 4, 1], 0, 10, "float32", 1);
  const allowed = tf.tensor4d([1, 0], [2, 1, 1, 1]);
  const expected = Array.from({ length: 24 }, (_, i) => (i < 12 ? 1 : 0));
  const slopes = tf.range(1, 25).reshape(scores.shape);
  assert.deepEqual(numbers(maskedSoftmax(scores, allowed)), expected);
  const gradient = tf.grad((s) => maskedSoftmax(s, allowed).mul(slopes).sum())(scores);
  assert.ok(numbers(gradient).every((g) => g === 0));
  assert.deepEqual(numbers(softmax(tf.tensor1d([-7]))), [1]);
});

test("where all is allowed it is TensorFlow's softmax, and its gradient is TensorFlow's", () => {
  const finite = fc.float({ noNaN: true, min: -30, max: 30 });
  const property = fc.property(fc.array(finite, { minLength: 2, maxLength: 9 }), (values) => {
    tf.tidy(() => {
      const scores = tf.tensor1d(values);
      const slopes = tf.range(1, values.length + 1);
      const of = (f: (s: tf.Tensor) => tf.Tensor) => {
        const { value, grad } = tf.valueAndGrad((s) => f(s).mul(slopes).sum() as tf.Scalar)(scores);
        return [value, grad].flatMap(numbers);
      };
      const expected = of((s) => tf.softmax(s));
      // weights of at most 1, slopes of at most 9, a few roundings of 2⁻²⁴ for each of nine keys
      for (const ours of [of((s) => maskedSoftmax(s, tf.ones([values.length]))), of((s) => softmax(s))])
        assertClose(ours, expected, 9 * 9 * 4 * 2 ** -24, 0);
    });
  });
  fc.assert(property, { seed: 1, numRuns: 50 });
});

test("no tensor stays behind, and the mask is the caller's still", () => {
  const [scores, allowed] = [tf.tensor2d([[1, 2, 3]]), tf.tensor2d([[1, 0, 1]])];
  const before = tf.memory().numTensors;
  tf.dispose(maskedSoftmax(scores, allowed));
  tf.dispose(tf.grad((s) => maskedSoftmax(s, allowed).sum())(scores));
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual(numbers(allowed), [1, 0, 1]);
});
