/** The assignment's interface tests of attention, by their own names and sizes, each with what it should have asked. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { crossModalAttention, pairwiseAttention, temporalAttention, type Tokens } from "fusion";
import { CrossModalPublished } from "fusion/dist/attention/cross-modal-published";

const normal = (seed: number, shape: number[]): tf.Tensor => tf.randomNormal(shape, 0, 1, "float32", seed);
const numbers = (x: tf.Tensor): number[] => [...x.dataSync()];
const isFinite = (x: tf.Tensor): boolean => numbers(x).every(Number.isFinite);
const isZero = (x: tf.Tensor): boolean => numbers(x).every((v) => v === 0);
const largest = (x: tf.Tensor): number => Math.max(...numbers(x.abs()));
const tokensOf = (token: number, channels: number): Tokens => ({
  tokens: tf.input({ shape: [token, channels] }),
  validity: tf.input({ shape: [token] }),
});

/** 2⁻²⁴ a rounding, a few for each of ten keys. */
const sumsToOne = (weights: tf.Tensor): boolean =>
  numbers(weights.sum(-1)).every((sum) => Math.abs(sum - 1) < 1e-6);

describe("TestCrossModalAttention", () => {
  const [batch, queryDim, keyDim, dim, heads] = [4, 512, 64, 256, 4];
  const config = { heads, dim, seed: 1 };

  /** The assignment gives one vector a modality; ours takes tokens, one here unless told otherwise. */
  function attention(name: string, keys = 1): tf.LayersModel {
    const [query, key] = [tokensOf(1, queryDim), tokensOf(keys, keyDim)];
    const { outputs, weights } = crossModalAttention({ ...config, name }, query, key);
    const inputs = [query.tokens, query.validity, key.tokens, key.validity];
    return tf.model({ inputs, outputs: [outputs, weights] });
  }
  const run = (model: tf.LayersModel, query: tf.Tensor, keys: tf.Tensor, mask: tf.Tensor): tf.Tensor[] =>
    model.predict([query, tf.ones([query.shape[0]!, 1]), keys, mask]) as tf.Tensor[];

  test("test_output_shape", () => {
    const model = attention("output_shape");
    const [query, key] = [normal(1, [batch, 1, queryDim]), normal(2, [batch, 1, keyDim])];
    const [outputs, weights] = run(model, query, key, tf.ones([batch, 1]));
    assert.deepEqual(outputs!.shape, [batch, 1, dim]);
    assert.deepEqual(weights!.shape, [batch, heads, 1, 1]);
    assert.equal(model.countParams(), (queryDim + 1 + 2 * (keyDim + 1) + dim + 1) * dim);
    // and the published layer, with vectors
    const published = new CrossModalPublished({ ...config, name: "published_output_shape" });
    const vectors = [query.squeeze([1]), key.squeeze([1]), key.squeeze([1])];
    const [y, w] = published.apply(vectors) as tf.Tensor[];
    assert.deepEqual(
      [y!.shape, w!.shape],
      [
        [batch, dim],
        [batch, heads, 1, 1],
      ],
    );
  });

  test("test_with_mask", () => {
    const model = attention("with_mask");
    const query = normal(1, [batch, 1, queryDim]);
    const [outputs, weights] = run(
      model,
      query,
      normal(2, [batch, 1, keyDim]),
      tf.tensor2d([1, 1, 0, 1], [batch, 1]),
    );
    assert.ok(isFinite(outputs!));
    // theirs passes with a mask that does nothing; here the third window finds no key, the others one
    for (const [b, found] of [true, true, false, true].entries()) {
      assert.deepEqual(numbers(weights!.slice([b], [1])), new Array(heads).fill(found ? 1 : 0));
      assert.equal(isZero(outputs!.slice([b], [1])), !found);
    }
  });

  test("test_gradient_flow", () => {
    const [query, key, mask] = [normal(1, [2, 1, queryDim]), normal(2, [2, 3, keyDim]), tf.ones([2, 3])];
    const gradientsOf = (model: tf.LayersModel, k: tf.Tensor, mask: tf.Tensor) =>
      tf.grads((q, k) => run(model, q!, k!, mask)[0]!.sum() as tf.Scalar)([query, k]);
    // theirs passes with a gradient of zeros, which is what one key gives the query
    const [dQuery] = gradientsOf(attention("one_key"), key.slice([0, 0, 0], [-1, 1, -1]), tf.ones([2, 1]));
    assert.ok(isZero(dQuery!));
    for (const gradient of gradientsOf(attention("three_keys", 3), key, mask))
      assert.ok(isFinite(gradient) && largest(gradient) > 1e-3);
    // queries, keys and values apart: the published layer's queries and keys learn nothing
    const published = new CrossModalPublished({ ...config, name: "published_gradient_flow" });
    const vectors = [query.squeeze([1]), normal(3, [2, keyDim]), normal(4, [2, keyDim])];
    const [q, k, v] = tf.grads((...x) => (published.apply(x) as tf.Tensor[])[0]!.sum() as tf.Scalar)(vectors);
    assert.ok(isZero(q!) && isZero(k!) && largest(v!) > 1e-3);
  });
});

describe("TestTemporalAttention", () => {
  const [features, dim, heads] = [128, 256, 4];
  function attention(name: string, time: number): tf.LayersModel {
    const input = tokensOf(time, features);
    const { outputs, weights } = temporalAttention({ name, heads, dim, seed: 1 }, input);
    return tf.model({ inputs: [input.tokens, input.validity], outputs: [outputs, weights] });
  }

  test("test_output_shape", () => {
    const [outputs, weights] = attention("temporal_output_shape", 10).predict([
      normal(1, [4, 10, features]),
      tf.ones([4, 10]),
    ]) as tf.Tensor[];
    assert.deepEqual(outputs!.shape, [4, 10, dim]);
    assert.deepEqual(weights!.shape, [4, heads, 10, 10]);
    assert.ok(sumsToOne(weights!));
  });

  test("test_with_mask", () => {
    const lengths = [7, 5];
    const mask = tf.tensor2d(lengths.map((n) => Array.from({ length: 10 }, (_, t) => (t < n ? 1 : 0))));
    const [outputs, weights] = attention("temporal_with_mask", 10).predict([
      normal(1, [2, 10, features]),
      mask,
    ]) as tf.Tensor[];
    assert.ok(isFinite(outputs!));
    for (const [b, n] of lengths.entries()) {
      const valid = weights!.slice([b, 0, 0, 0], [1, -1, n, -1]);
      assert.ok(sumsToOne(valid.slice([0, 0, 0, 0], [1, -1, n, n])), "all weight on valid steps");
      assert.ok(isZero(valid.slice([0, 0, 0, n], [1, -1, n, 10 - n])), "none on masked ones");
      assert.ok(isZero(outputs!.slice([b, n, 0], [1, 10 - n, -1])), "masked steps answer 0");
      assert.ok(largest(outputs!.slice([b, 0, 0], [1, n, -1])) > 0.1);
    }
  });
});

describe("TestPairwiseModalityAttention", () => {
  test("test_output_structure", () => {
    const dims = { video: 512, audio: 128, imu: 64 };
    const names = Object.keys(dims);
    const [batch, dim, heads] = [4, 256, 4];
    const inputs = Object.fromEntries(Object.entries(dims).map(([name, size]) => [name, tokensOf(1, size)]));
    const found = pairwiseAttention({ name: "pairwise", heads, dim, seed: 1 }, inputs);
    // two maps for each of three
    assert.deepEqual(Object.keys(found), names);
    for (const name of names)
      assert.deepEqual(
        Object.keys(found[name]!),
        names.filter((key) => key !== name),
      );
    const pairs = Object.values(found).flatMap((keys) => Object.values(keys));
    assert.equal(pairs.length, 6);
    const model = tf.model({
      inputs: Object.values(inputs).flatMap(({ tokens, validity }) => [tokens, validity]),
      outputs: pairs.flatMap(({ outputs, weights }) => [outputs, weights]),
    });
    // window 1 lacks audio
    const presence = names.map((name) => tf.tensor2d([1, name === "audio" ? 0 : 1, 1, 1], [batch, 1]));
    const results = model.predict(
      Object.values(dims).flatMap((size, i) => [normal(i, [batch, 1, size]), presence[i]!]),
    ) as tf.Tensor[];
    const order = names.flatMap((query) => names.filter((key) => key !== query).map((key) => [query, key]));
    for (const [i, [query, key]] of order.entries()) {
      const [outputs, weights] = [results[2 * i]!, results[2 * i + 1]!];
      assert.deepEqual(
        [outputs.shape, weights.shape],
        [
          [batch, 1, dim],
          [batch, heads, 1, 1],
        ],
      );
      assert.ok(isFinite(outputs));
      const withAudio = query === "audio" || key === "audio";
      assert.equal(isZero(outputs.slice([1], [1])), withAudio, `${query} to ${key}`);
      assert.ok(largest(outputs.slice([0], [1])) > 0.1, `${query} to ${key}`);
    }
  });
});
