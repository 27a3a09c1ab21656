import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { predictor } from "fusion";
import { fitScaler } from "fusion/dist/data/scaler";
import { dropoutPasses } from "fusion/dist/train/dropout-passes";
import { weightsOf } from "fusion/dist/train/tensors";
import { problemFold, problemModel, problemWindows } from "./problem";

const windows = problemWindows();
const fold = problemFold(windows);
const scaler = fitScaler(windows, fold);
const some = fold.test.slice(0, 10);
const ask = async (model: tf.LayersModel) => {
  const predict = predictor(model, scaler, 4);
  const rows = await predict(windows, some);
  predict.dispose();
  return rows;
};

test("passes differ from each other and from the answer, repeat by their seed, and leave the model as it was", async () => {
  const model = problemModel();
  const before = await ask(model);
  const weights = weightsOf(model).all.map((weight) => Array.from(weight.dataSync()));
  const tensors = tf.memory().numTensors;
  const passes = (seed: number) =>
    dropoutPasses(model, scaler, windows, some, { passes: 3, seed, batchSize: 4 });
  const [first, again, other] = [await passes(1), await passes(1), await passes(2)];
  assert.deepEqual([first.length, first[0]!.length, first[0]![0]!.length], [3, 10, 3]);
  assert.deepEqual(first, again);
  assert.notDeepEqual(first, other);
  assert.notDeepEqual(first[0], first[1]);
  assert.notDeepEqual(first[0], before);
  assert.deepEqual(await ask(model), before);
  assert.equal(tf.memory().numTensors, tensors);
  assert.deepEqual(
    weightsOf(model).all.map((weight) => Array.from(weight.dataSync())),
    weights,
  );
});

test("many passes have the answer as their mean, about: what is dropped is made up for", async () => {
  const model = problemModel();
  const before = await ask(model);
  const passes = await dropoutPasses(model, scaler, windows, some, { passes: 200, seed: 1 });
  before.forEach((row, i) =>
    row.forEach((logit, k) => {
      const said = passes.map((pass) => pass[i]![k]!);
      const mean = said.reduce((a, b) => a + b, 0) / said.length;
      const spread = Math.sqrt(said.reduce((a, b) => a + (b - mean) ** 2, 0) / said.length);
      // dropout stands right before the last layer, which is linear: four standard errors of 200 passes
      assert.ok(
        Math.abs(mean - logit) <= (4 * spread) / Math.sqrt(said.length) + 1e-6,
        `${mean} for ${logit}`,
      );
    }),
  );
});

test("after a failure the model is as it was, and a model without dropout is refused", async () => {
  const model = problemModel();
  const before = await ask(model);
  await assert.rejects(dropoutPasses(model, scaler, windows, [1e6], { passes: 1, seed: 1 }));
  assert.deepEqual(await ask(model), before);
  const input = tf.input({ shape: [2] });
  const plain = tf.model({
    inputs: input,
    outputs: tf.layers.dense({ units: 2 }).apply(input) as tf.SymbolicTensor,
  });
  await assert.rejects(dropoutPasses(plain, scaler, windows, some, { passes: 1, seed: 1 }), {
    message: "dropoutPasses: expected a dropout layer, got none; train a preset with dropout",
  });
});
