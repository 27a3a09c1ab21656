/** One sensor's model: its size, what can be read inside, what the loss reaches, and that it saves nothing of another sensor. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { loadModel, randomFor, saveModel } from "fusion";
import { convEncoder } from "fusion/dist/encoders/conv";
import { withStepSeed } from "fusion/dist/engine/step-seed";
import { insideOf, modalityOf } from "fusion/dist/transfer/inside";
import { signature } from "fusion/dist/transfer/signature";
import { unimodalModel } from "fusion/dist/transfer/unimodal-model";
import { assertClose } from "../close";

const sizes = {
  time: 32,
  dim: 8,
  classes: 3,
  encoder: convEncoder,
  heads: 1,
  dropout: 0.2,
  seed: 1,
} as const;
const watch = () => unimodalModel({ ...sizes, modality: "watch", channels: 6 });
const phone = () => unimodalModel({ ...sizes, modality: "phone", channels: 4 });

function inputsFor(modality: string, channels: number, batch = 5): tf.NamedTensorMap {
  const random = randomFor(1, modality);
  const values = Float32Array.from({ length: batch * 32 * channels }, () => random.normal());
  return {
    [`${modality}_values`]: tf.tensor3d(values, [batch, 32, channels]),
    [`${modality}_validity`]: tf.ones([batch, 32]),
    presence: tf.ones([batch, 1]),
  };
}

test("a model of one sensor has the size that its doc comment states", () => {
  // conv: 5 · (6 + 8 + 8) · 8, and 3 norms of 4 · 8; projections: 3 · 8²; classifier: (8 + 1) · 3
  assert.equal(watch().countParams(), 880 + 96 + 192 + 27);
  assert.deepEqual(watch().inputNames, ["watch_values", "watch_validity", "presence"]);
  assert.equal(modalityOf(watch()), "watch");
});

test("what is read inside are the layers' numbers: values weighed by attention, pooled and classified", () => {
  const model = watch();
  const inputs = inputsFor("watch", 6);
  const inside = insideOf(model)(inputs, { training: false });
  assert.deepEqual(
    [inside.tokens, inside.keys, inside.values].map((x) => x.shape),
    [[5, 4, 8], [5, 4, 8], [5, 4, 8]], // prettier-ignore
  );
  const [query, key, value] = ["query", "key", "value"].map(
    (what) => model.getLayer(`watch_${what}`).getWeights()[0]!,
  );
  const project = (kernel: tf.Tensor): tf.Tensor3D =>
    inside.tokens.reshape([20, 8]).matMul(kernel as tf.Tensor2D).reshape([5, 4, 8]); // prettier-ignore
  // products of 8 numbers of order 1, summed in another order
  assertClose(inside.keys.dataSync(), project(key!).arraySync(), 1e-5);
  assertClose(inside.values.dataSync(), project(value!).arraySync(), 1e-5);
  const scores = project(query!).matMul(inside.keys, false, true).div(Math.sqrt(8));
  const pooled = tf.softmax(scores).matMul(inside.values).mean<tf.Tensor2D>(1);
  assertClose(inside.pooled.dataSync(), pooled.arraySync(), 1e-5);
  const [weight, bias] = model.getLayer("watch_logits").getWeights();
  assertClose(
    inside.logits.dataSync(),
    pooled
      .matMul(weight as tf.Tensor2D)
      .add<tf.Tensor2D>(bias!)
      .arraySync(),
    1e-5,
  );
});

test("a step that was not measured changes nothing, and a window without any has zeros for keys and values", () => {
  const model = watch();
  const read = insideOf(model);
  const hidden = { ...inputsFor("watch", 6), watch_validity: tf.zeros([5, 32]) };
  const inside = read(hidden, { training: false });
  for (const x of [inside.keys, inside.values, inside.pooled, signature(inside.keys, inside.values)])
    assert.equal(x.abs().max().dataSync()[0], 0);
  const half = tf.concat([tf.ones([5, 16]), tf.zeros([5, 16])], 1);
  const rest: tf.NamedTensorMap = { ...inputsFor("watch", 6), watch_validity: half };
  const values = rest["watch_values"];
  const spoilt = tf.where(half.expandDims(2).cast("bool"), values!, tf.fill(values!.shape, NaN));
  const of = (x: tf.Tensor) => read({ ...rest, watch_values: x }, { training: false });
  assert.deepEqual(of(spoilt).keys.dataSync(), of(values!).keys.dataSync());
  assert.deepEqual(of(spoilt).logits.dataSync(), of(values!).logits.dataSync());
});

test("the signature's loss reaches encoder, keys and values, never the queries nor the classifier", () => {
  const model = watch();
  const read = insideOf(model);
  const inputs = inputsFor("watch", 6);
  const { grads } = withStepSeed(tf.tensor1d([1, 1], "int32"), () =>
    tf.variableGrads(() => {
      const { keys, values } = read(inputs, { training: true });
      return signature(keys, values).square().sum() as tf.Scalar;
    }),
  );
  const size = (layer: string): number[] =>
    model.getLayer(layer).trainableWeights.map((weight) => {
      const gradient = grads[(weight.read() as tf.Variable).name];
      return gradient ? gradient.abs().max().dataSync()[0]! : 0;
    });
  assert.deepEqual([...size("watch_query"), ...size("watch_logits")], [0, 0, 0]);
  for (const layer of ["watch_key", "watch_value", "watch_conv1"]) assert.ok(size(layer)[0]! > 0, layer);
});

test("a saved target has its own sensor's inputs and weights alone, answers without the source, and leaves nothing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "fusion-transfer-"));
  try {
    const [source, target] = [phone(), watch()];
    const inputs = inputsFor("watch", 6);
    const before = (
      target.apply([inputs["watch_values"]!, inputs["watch_validity"]!, inputs["presence"]!]) as tf.Tensor
    ).arraySync();
    await saveModel(target, folder);
    const saved = JSON.parse(readFileSync(join(folder, "model.json"), "utf8")) as {
      weightsManifest: { weights: { name: string }[] }[];
    };
    assert.doesNotMatch(JSON.stringify(saved), /phone/);
    const names = saved.weightsManifest.flatMap(({ weights }) => weights.map(({ name }) => name));
    assert.ok(names.length > 0 && names.every((name) => name.startsWith("watch_")), names.join());
    source.dispose(); // whatever reached a tensor of the source would now throw
    const loaded = await loadModel(folder);
    assert.deepEqual(loaded.inputNames, ["watch_values", "watch_validity", "presence"]);
    assert.equal(loaded.countParams(), target.countParams());
    const answer = insideOf(loaded)(inputs, { training: false }).logits;
    assert.deepEqual(answer.arraySync(), before);
    const count = tf.memory().numTensors;
    tf.tidy(() => void insideOf(loaded)(inputs, { training: false }));
    assert.equal(tf.memory().numTensors, count);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
