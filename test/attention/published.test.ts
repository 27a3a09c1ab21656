/** The defects of the published attention, each with its number, beside what the corrected one does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { MultiHeadAttention, randomFor } from "fusion";
import { CrossModalPublished } from "fusion/dist/attention/cross-modal-published";
import { pairwisePublished } from "fusion/dist/attention/pairwise-published";
import { TemporalPublished } from "fusion/dist/attention/temporal-published";
import { withStepSeed } from "fusion/dist/engine/step-seed";
import { assertClose } from "../close";

const normal = (seed: number, shape: number[]): tf.Tensor => tf.randomNormal(shape, 0, 1, "float32", seed);
const numbers = (x: tf.Tensor): number[] => [...x.dataSync()];
const largest = (x: tf.Tensor): number => Math.max(...x.abs().dataSync());

/** Random weights, biases included, since zeros would hide a dropped term. */
function unsettle<Layer extends tf.layers.Layer>(layer: Layer): Layer {
  const random = randomFor(2, "weights");
  const draw = (w: tf.Tensor): tf.Tensor =>
    tf.tensor(
      Float32Array.from({ length: w.size }, () => 0.5 * random.normal()),
      w.shape,
    );
  layer.setWeights(layer.getWeights().map(draw));
  return layer;
}

const config = { heads: 2, dim: 8, seed: 1 };
const [batch, time] = [3, 6];

function crossModal(): CrossModalPublished {
  const layer = new CrossModalPublished({ ...config, name: "published" });
  layer.build([
    [batch, 5],
    [batch, 4],
  ]);
  return unsettle(layer);
}

function temporal(): TemporalPublished {
  const layer = new TemporalPublished({ ...config, name: "published" });
  layer.build([batch, time, 5]);
  return unsettle(layer);
}

function corrected(): MultiHeadAttention {
  const layer = new MultiHeadAttention({ ...config, name: "corrected" });
  layer.build([
    [batch, time, 5],
    [batch, time, 5],
  ]);
  return unsettle(layer);
}

const kernelNamed = (layer: tf.layers.Layer, end: string): tf.Variable =>
  layer.weights.find((w) => w.originalName.endsWith(end))!.read() as tf.Variable;

test("published, one key: the weight is exactly 1 for any query, key and mask, and W_Q and W_K learn nothing", () => {
  const layer = crossModal();
  const [key, value] = [normal(2, [batch, 4]), normal(3, [batch, 4])];
  for (const query of [normal(1, [batch, 5]), normal(4, [batch, 5]).mul(100)])
    for (const mask of [undefined, tf.tensor1d([1, 0, 1])]) {
      const inputs = [query, key, value, ...(mask ? [mask] : [])];
      const [, weights] = layer.apply(inputs) as tf.Tensor[];
      assert.deepEqual(numbers(weights!), new Array(batch * config.heads).fill(1));
      const variables = layer.weights.map((w) => w.read() as tf.Variable);
      const { grads } = tf.variableGrads(
        () => (layer.apply(inputs) as tf.Tensor[])[0]!.square().sum(),
        variables,
      );
      for (const [i, { originalName }] of layer.weights.entries()) {
        const gradient = largest(grads[variables[i]!.name]!);
        assert.equal(gradient === 0, /query|key/.test(originalName), `${originalName}: ${gradient}`);
      }
    }
});

test("published, one key: the layer is W_O (W_V v + b_V) + b_O, and hears a masked value as loudly as any", () => {
  const layer = crossModal();
  const [query, key, value] = [normal(1, [batch, 5]), normal(2, [batch, 4]), normal(3, [batch, 4])];
  const part = (what: string) => kernelNamed(layer, what);
  const through = (x: tf.Tensor, what: string) =>
    (x as tf.Tensor2D).matMul(part(`${what}_kernel`) as unknown as tf.Tensor2D).add(part(`${what}_bias`));
  const expected = numbers(through(through(value, "value"), "output"));
  const masked = (layer.apply([query, key, value, tf.tensor1d([1, 0, 1])]) as tf.Tensor[])[0]!;
  // 2⁻²⁴ a rounding, some thirty of them, on numbers below 10
  assertClose(numbers(masked), expected, 30 * 10 * 2 ** -24, 0);
});

test("published, one key: dropout keeps all of the value, scaled up, or none of it", () => {
  const layer = new CrossModalPublished({ ...config, name: "published_dropout", dropout: 0.5 });
  const x = normal(1, [64, 4]);
  const run = () => layer.apply([x, x, x], { training: true }) as tf.Tensor[];
  const [, weights] = withStepSeed(tf.tensor1d([1, 1], "int32"), run);
  assert.deepEqual([...new Set(numbers(weights!))].sort(), [0, 2]);
});

test("published, masked steps: with scores of 0 half of the steps, masked, keep half of the weight; corrected, none", () => {
  const [sequence, mask] = [
    normal(1, [batch, time, 5]),
    tf.tensor2d([1, 1, 1, 0, 0, 0], [1, time]).tile([batch, 1]),
  ];
  const massOnMasked = (weights: tf.Tensor): number[] => numbers(weights.slice([0, 0, 0, 3]).sum(-1));
  const [old, ours] = [temporal(), corrected()];
  for (const layer of [old, ours])
    for (const end of ["query_kernel", "query_bias"]) {
      const variable = kernelNamed(layer, end);
      variable.assign(tf.zerosLike(variable)); // queries of 0: scores of 0
    }
  const [, published] = old.apply([sequence, mask]) as tf.Tensor[];
  assertClose(massOnMasked(published!), new Array(batch * 2 * time).fill(0.5), 2 ** -22, 0);
  const [, weights] = ours.apply([sequence, sequence, mask]) as tf.Tensor[];
  assert.deepEqual(massOnMasked(weights!), new Array(batch * 2 * time).fill(0));
});

test("published, masked steps: changing a masked step moves the visible ones' outputs; corrected, by not one bit", () => {
  const mask = tf.tensor2d([1, 1, 1, 0, 0, 0], [1, time]).tile([batch, 1]);
  const visible = (y: tf.Tensor): tf.Tensor => y.slice([0, 0, 0], [-1, 3, -1]);
  const sequence = normal(1, [batch, time, 5]);
  const louder = sequence.mul(tf.tensor1d([1, 1, 1, 3, 3, 3]).expandDims(1));
  const [old, ours] = [temporal(), corrected()];
  const moved = (f: (x: tf.Tensor) => tf.Tensor): number =>
    largest(visible(f(sequence)).sub(visible(f(louder))));
  assert.ok(moved((x) => (old.apply([x, mask]) as tf.Tensor[])[0]!) > 0.1);
  assert.equal(
    moved((x) => (ours.apply([sequence, x, mask]) as tf.Tensor[])[0]!),
    0,
  );
});

test("published, the view: another order of the steps gives other outputs; corrected, the same in that order", () => {
  const sequence = normal(1, [batch, time, 5]);
  const order = [4, 2, 0, 5, 1, 3];
  const turned = (x: tf.Tensor): tf.Tensor => x.gather(tf.tensor1d(order, "int32"), 1);
  const [old, ours] = [temporal(), corrected()];
  const off = (f: (x: tf.Tensor) => tf.Tensor): number =>
    largest(turned(f(sequence)).sub(f(turned(sequence))));
  assert.ok(off((x) => (old.apply(x) as tf.Tensor[])[0]!) > 0.1);
  // sums in another order: some fifty roundings of 2⁻²⁴ on numbers below 10
  assert.ok(off((x) => (ours.apply([x, x]) as tf.Tensor[])[0]!) < 50 * 10 * 2 ** -24);
});

test("published, the view: a head's step holds parts of several steps", () => {
  const layer = temporal();
  const sequence = normal(1, [1, time, 5]);
  const [, before] = layer.apply(sequence) as tf.Tensor[];
  // without a mask a change of step 0 should move only query row 0 and key column 0 of each head
  const changed = sequence.add(tf.oneHot(tf.scalar(0, "int32"), time).reshape([1, time, 1]).cast("float32"));
  const [, after] = layer.apply(changed) as tf.Tensor[];
  const moved = after!.sub(before!).abs().max(3).arraySync() as number[][][]; // [batch, head, query]
  assert.ok(Math.max(...moved[0]![1]!) === 0, "head 2 of 2 holds steps 4 to 6 only");
  assert.ok(Math.min(...moved[0]![0]!) > 0, "all rows of head 1 of 2 moved");
});

const dims = { hand: 5, chest: 4, heart: 3 };
const features = Object.fromEntries(
  Object.entries(dims).map(([name, dim], i) => [name, normal(i, [2, dim]) as tf.Tensor2D]),
);
const pairs = Object.keys(dims).flatMap((q) =>
  Object.keys(dims).flatMap((k) => (q === k ? [] : [`${q}_to_${k}`])),
);
const layers = Object.fromEntries(
  pairs.map((name) => [name, new CrossModalPublished({ ...config, name: `pairwise_${name}` })]),
);

test("published, pairwise: without a mask the inputs come back and no map", () => {
  const { attended, maps } = pairwisePublished(layers, features);
  assert.deepEqual([attended, maps], [features, {}]);
});

test("published, pairwise: with a mask each present modality hears all others, the absent one too", () => {
  const presence = tf.tensor2d([
    [1, 1, 1],
    [1, 1, 0],
  ]);
  const { attended, maps } = pairwisePublished(layers, features, presence);
  assert.deepEqual(Object.keys(maps).sort(), pairs.sort());
  const loud = { ...features, heart: features["heart"]!.mul<tf.Tensor2D>(10) };
  const moved = pairwisePublished(layers, loud, presence).attended["hand"]!.sub(attended["hand"]!);
  assert.ok(largest(moved.slice([1, 0], [1, -1])) > 0.1, "in the window without it");
  assert.equal(largest(attended["heart"]!.slice([1, 0], [1, -1])), 0);
});

test("published layers come back from their config", () => {
  for (const layer of [crossModal(), temporal()]) {
    const Class = layer.constructor as unknown as tf.serialization.SerializableConstructor<tf.layers.Layer>;
    assert.deepEqual(new Class(layer.getConfig()).getConfig(), layer.getConfig());
  }
});
