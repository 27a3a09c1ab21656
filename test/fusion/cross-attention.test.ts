/** Cross-attention fusion: its parts by hand, and the weights that it lets one see. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { randomFor } from "fusion";
import { convEncoder } from "fusion/dist/encoders/conv";
import type { EncoderFactory } from "fusion/dist/encoders/encoder";
import { encoders } from "fusion/dist/encoders/registry";
import { attentionOf } from "fusion/dist/fusion/attention-of";
import { crossAttentionFusion } from "fusion/dist/fusion/cross-attention";
import { earlyFusion } from "fusion/dist/fusion/early";
import { timeWaves } from "fusion/dist/fusion/time-waves";
import { type Reach, TokenMask } from "fusion/dist/fusion/token-mask";
import { loadModel, saveModel } from "fusion/dist/train/save-model";
import { inputsOf } from "fusion/dist/train/tensors";

const [time, batch, heads] = [16, 2, 2];
const sizes = { classes: 3, dim: 4, hidden: 8, dropout: 0.2, seed: 1 };
const shapesOf = (...names: string[]) => names.map((name) => ({ name, time, channels: 2 }));

function build(reach: Reach, names: string[], encoder: EncoderFactory = convEncoder): tf.LayersModel {
  return crossAttentionFusion({ ...sizes, modalities: shapesOf(...names), encoder, heads, reach });
}

/** Complete windows of these modalities; `presence` [batch, modality]. */
function inputs(names: readonly string[], presence: number[][]): tf.NamedTensorMap {
  const random = randomFor(1, "inputs");
  const each = names.map((name) => ({
    [`${name}_values`]: tf.tensor(
      Float32Array.from({ length: batch * time * 2 }, () => random.normal()),
      [batch, time, 2],
    ),
    [`${name}_validity`]: tf.ones([batch, time]),
  }));
  return Object.assign({}, ...each, { presence: tf.tensor2d(presence) }) as tf.NamedTensorMap;
}

/** [batch][head][query][key] */
function weights(model: tf.LayersModel, named: tf.NamedTensorMap): number[][][][] {
  const answer = attentionOf(model).predict(inputsOf(model, named)) as tf.Tensor4D;
  return answer.arraySync();
}

test("waves are sines and cosines of half a cycle and of eight in a window", () => {
  const root = Math.SQRT1_2;
  // u = 1/4 and 3/4: sin πu, sin 16πu, cos πu, cos 16πu
  const expected = [root, 0, root, 1, root, 0, -root, 1];
  // angles up to 12π in 2⁻²⁴ each, and a few roundings on the way there
  timeWaves(2, 4)
    .dataSync()
    .forEach((x, i) => assert.ok(Math.abs(x - expected[i]!) < 12 * Math.PI * 2 ** -24 * 8, `${i}: ${x}`));
  assert.deepEqual(timeWaves(5, 3).shape, [5, 3]);
});

test("the mask is the table of its comment", () => {
  const table = (reach: Reach, validity: number[]) =>
    (
      new TokenMask({ name: reach, counts: [2, 1], reach }).apply(tf.tensor2d([validity])) as tf.Tensor
    ).arraySync();
  assert.deepEqual(table("all", [1, 1, 1]), [[[1, 1, 1], [1, 1, 1], [1, 1, 1]]]); // prettier-ignore
  assert.deepEqual(table("others", [1, 1, 1]), [[[0, 0, 1], [0, 0, 1], [1, 1, 0]]]); // prettier-ignore
  assert.deepEqual(table("all", [1, 0, 1]), [[[1, 0, 1], [0, 0, 0], [1, 0, 1]]]); // prettier-ignore
});

const names = ["hand", "chest", "ankle"];
/** Two tokens a modality. */
const owner = [0, 0, 1, 1, 2, 2];

for (const reach of ["all", "others"] as const)
  test(`weights sum to 1 over tokens that are there, those of ${reach}; who is absent neither asks nor answers`, () => {
    const presence = [[1, 1, 1], [1, 1, 0]]; // prettier-ignore
    const found = weights(build(reach, names), inputs(names, presence));
    found.forEach((window, w) => {
      assert.equal(window.length, heads);
      for (const head of window)
        head.forEach((row, query) => {
          const open = row.map(
            (_, key) =>
              presence[w]![owner[query]!] === 1 &&
              presence[w]![owner[key]!] === 1 &&
              (reach === "all" || owner[query] !== owner[key]),
          );
          row.forEach((weight, key) => assert.equal(weight > 0, open[key], `${query} to ${key}: ${weight}`));
          const sum = row.reduce((a, b) => a + b, 0);
          assert.ok(Math.abs(sum - (open.includes(true) ? 1 : 0)) < 6 * 2 ** -23, `${sum}`);
        });
    });
  });

test("weights of a model that was saved and loaded are the same", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cross-attention-"));
  try {
    const model = build("all", names);
    await saveModel(model, folder);
    const named = inputs(names, [[1, 1, 1], [1, 0, 1]]); // prettier-ignore
    assert.deepEqual(weights(await loadModel(folder), named), weights(model, named));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("over one key every weight is 1, and over none 0", () => {
  const pair = ["hand", "chest"];
  const model = build("others", pair, encoders["conv-one-token"].build);
  const [both, alone] = weights(model, inputs(pair, [[1, 1], [1, 0]])); // prettier-ignore
  const near = (row: number[], expected: number[]) =>
    row.forEach((weight, key) => assert.ok(Math.abs(weight - expected[key]!) <= 2 ** -23)); // e⁰ / e⁰, rounded
  for (const [asking, asked] of both!) {
    near(asking!, [0, 1]);
    near(asked!, [1, 0]);
  }
  for (const head of alone!) assert.deepEqual(head, [[0, 0], [0, 0]]); // prettier-ignore
});

test("a modality by itself is fused, too: with itself, or with nothing", () => {
  for (const reach of ["all", "others"] as const) {
    const model = build(reach, ["hand"]);
    const logits = model.predict(inputsOf(model, inputs(["hand"], [[1], [0]]))) as tf.Tensor2D;
    assert.ok(logits.dataSync().every(Number.isFinite));
  }
});

test("keys begin as queries", () => {
  const model = build("all", names);
  const kernel = (name: string) =>
    model.weights
      .find(({ originalName }) => originalName === `cross_attention/${name}_kernel`)!
      .read()
      .dataSync();
  assert.deepEqual(kernel("key"), kernel("query"));
  assert.notDeepEqual(kernel("value"), kernel("query"));
});

test("another fusion has no weights to see", () => {
  const model = earlyFusion({ ...sizes, modalities: shapesOf("hand"), encoder: convEncoder });
  assert.throws(() => attentionOf(model), {
    message:
      'attentionOf: expected a layer "cross_attention", got a model "early_fusion" without it; build it with crossAttentionFusion',
  });
});
