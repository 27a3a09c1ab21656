/** What reaches what in the fusions of tokens: which doors are open, and that closing them closes all. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { attentionOf } from "fusion/dist/fusion/attention-of";
import { bottleneckFusion } from "fusion/dist/fusion/bottleneck";
import { AgreedTokens, BottleneckTokens, EachToken } from "fusion/dist/fusion/bottleneck-tokens";
import { hybridFusion } from "fusion/dist/fusion/hybrid";
import { TokenMask } from "fusion/dist/fusion/token-mask";
import { inputs, modalities, options, unsettle } from "./three-sensors";

const all = [[1, 1, 1]];
const values = (tensor: tf.Tensor) => [...tensor.dataSync()];
/** What a layer answers; the first of its outputs. */
const at = (model: tf.LayersModel, name: string): tf.LayersModel =>
  tf.model({ inputs: model.inputs, outputs: [model.getLayer(name).output].flat()[0]! });
/** The same windows, with one sensor twice as loud. */
function louder(model: tf.LayersModel, x: readonly tf.Tensor[], name: string): tf.Tensor[] {
  const place = model.inputNames.indexOf(`${name}_values`);
  return x.map((tensor, i) => (i === place ? tensor.mul(2).add(1) : tensor));
}

test("the mask of own tokens is the table of its comment, and owners may have several places", () => {
  const mask = (config: { counts: number[]; owners?: number[] }, validity: number[]) => {
    const layer = new TokenMask({ name: "m", reach: "own", ...config });
    return (layer.apply(tf.tensor2d([validity])) as tf.Tensor3D).arraySync()[0];
  };
  assert.deepEqual(mask({ counts: [2, 1] }, [1, 1, 1]), [
    [1, 1, 0],
    [1, 1, 0],
    [0, 0, 1],
  ]);
  assert.deepEqual(mask({ counts: [1, 1, 1, 1], owners: [0, 1, 0, 1] }, [1, 1, 1, 0]), [
    [1, 0, 1, 0],
    [0, 1, 0, 0],
    [1, 0, 1, 0],
    [0, 0, 0, 0],
  ]);
});

test("hybrid: temporal attention stays with its own, cross-modal attention asks the others, and is readable", () => {
  const model = unsettle(hybridFusion({ ...options, heads: 2 }));
  const x = inputs(model, 1, all);
  const own = at(model, "temporal_attention");
  const [before, after] = [x, louder(model, x, "chest")].map((given) => own.predict(given) as tf.Tensor3D);
  const tokens = before!.shape[1] / 3; // all have 16 steps
  const part = (tensor: tf.Tensor3D, m: number) => values(tensor.slice([0, m * tokens, 0], [1, tokens, -1]));
  assert.deepEqual(part(after!, 0), part(before!, 0), "hand does not hear chest");
  assert.notDeepEqual(part(after!, 1), part(before!, 1));

  const weights = (attentionOf(model).predict(x) as tf.Tensor4D).arraySync()[0]!;
  for (const head of weights)
    head.forEach((row, query) => {
      const owner = Math.floor(query / tokens);
      row.forEach((weight, key) => assert.equal(weight === 0, Math.floor(key / tokens) === owner));
      // a few roundings in each of the weights
      assert.ok(Math.abs(row.reduce((a, b) => a + b) - 1) < row.length * 2 ** -24 * 4);
    });
});

test("hybrid: hand's share of the answer depends on the others through cross-modal attention alone", () => {
  const model = unsettle(hybridFusion({ ...options, heads: 2 }));
  const x = inputs(model, 1, all);
  const hand = at(model, "hand_loudest");
  const ask = (given: tf.Tensor[]) => values(hand.predict(given) as tf.Tensor);
  assert.notDeepEqual(ask(louder(model, x, "chest")), ask(x));
  for (const name of ["query", "key", "value", "output"])
    close(model, "cross_attention", `${name}_kernel`, `${name}_bias`);
  assert.deepEqual(ask(louder(model, x, "chest")), ask(x));
});

test("bottleneck: what one modality knows of another came through the bottleneck", () => {
  const model = unsettle(bottleneckFusion({ ...options, heads: 2 }));
  const x = inputs(model, 1, all);
  const tokensOf = (name: string, given: tf.Tensor[]) =>
    (at(model, name).predict(given) as tf.Tensor3D).slice([0, 0, 0], [1, 2, -1]); // hand's two tokens
  const loud = louder(model, x, "chest");
  assert.deepEqual(
    values(tokensOf("block1_own", loud)),
    values(tokensOf("block1_own", x)),
    "after one block",
  );
  assert.notDeepEqual(values(tokensOf("block2_own", loud)), values(tokensOf("block2_own", x)), "after two");
  // hand may ask its own two tokens and its four copies in either block, and nobody else
  const mask = (at(model, "bottleneck_mask").predict(x) as tf.Tensor3D).arraySync()[0]!;
  assert.equal(mask.length, 3 * (2 + 4));
  assert.deepEqual(mask[0], [1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test("bottleneck tokens: one copy each, those of absent modalities closed, and the mean of the others' work", () => {
  const heard = tf.tensor2d([
    [1, 1, 1],
    [1, 0, 1],
  ]);
  const tokens = new BottleneckTokens({ name: "b", tokens: 2, dim: 2, seed: 1 });
  const copies = tokens.apply(heard) as tf.Tensor3D;
  assert.deepEqual(copies.shape, [2, 6, 2]);
  const own = tokens.getWeights()[0]!.arraySync() as number[][];
  assert.deepEqual(copies.arraySync()[1], [...own, ...own, ...own]);
  const open = new EachToken({ name: "e", tokens: 2 }).apply(heard) as tf.Tensor2D;
  assert.deepEqual(open.arraySync(), [
    [1, 1, 1, 1, 1, 1],
    [1, 1, 0, 0, 1, 1],
  ]);
  const made = tf.tensor3d([[[1], [2], [30], [40], [5], [6]]]);
  const weights = tf.tensor2d([[0.5, 0, 0.5]]);
  const agreed = new AgreedTokens({ name: "a" }).apply([made, weights]) as tf.Tensor;
  assert.deepEqual(values(agreed), [3, 4, 3, 4, 3, 4]);
});

test("the modalities of these tests have two tokens each", () => {
  assert.deepEqual(
    modalities.map(({ time }) => Math.ceil(time / 8)),
    [2, 2, 2],
  );
});

/** Sets these weights of a layer to 0. */
function close(model: tf.LayersModel, layer: string, ...names: string[]): void {
  for (const weight of model.getLayer(layer).weights)
    if (names.some((name) => weight.originalName.endsWith(`/${name}`)))
      weight.write(tf.zerosLike(weight.read()));
}
