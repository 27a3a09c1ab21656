/** Methods on window statistics go through the same run as networks, under the same contract. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import type { Batch } from "fusion/dist/data/gather-batch";
import { Preset, presets } from "fusion/dist/experiments/preset";
import { run } from "fusion/dist/experiments/run";
import { codeOfRun, type RunRequest } from "fusion/dist/experiments/run-key";
import { trainModel } from "fusion/dist/experiments/train-model";
import { trainers } from "fusion/dist/experiments/trainer-registry";
import { problemFold, problemOptions, problemWindows } from "../train/problem";

const windows = problemWindows();
const fold = problemFold(windows);
const modalities = ["arm", "room"];
const small: Record<Exclude<keyof typeof trainers, "network">, Preset> = {
  majority: { ...presets.majority, modalities },
  logistic: { ...presets["logistic-statistics"], modalities },
  forest: { ...presets["forest-statistics"], modalities, trees: 30 },
  mlp: {
    ...presets["mlp-statistics"],
    modalities,
    hidden: 16,
    training: { ...problemOptions, jitter: 0, epochs: 16 },
  },
};
const requestOf = (preset: Preset): RunRequest => ({
  ...{ experiment: "problem", profile: "tiny", presetName: "small", preset, windows, fold, seed: 1 },
  source: { data: "pamap2", split: { kind: "fixed-subjects" } },
});

for (const [name, preset] of Object.entries(small)) {
  test(`${name}: a run is a result, the same one each time, and leaves no tensor behind`, async () => {
    const first = await run(requestOf(preset));
    const before = tf.memory().numTensors;
    const second = await run(requestOf(preset));
    assert.equal(tf.memory().numTensors, before);
    assert.equal(JSON.stringify(second), JSON.stringify(first));
    assert.deepEqual(Preset.parse(first.preset), preset);
    if (name === "majority") {
      assert.equal(first.pooled.accuracy, first.majorityAccuracy);
      assert.ok(Math.abs(first.negativeLogLikelihood - Math.log(3)) < 1e-6, "three classes alike");
    } else assert.ok(first.pooled.accuracy > 0.9, `${first.pooled.accuracy}`); // how fast the arm swings is a statistic
    assert.ok(first.parameters > 0);
  });

  test(`${name}: an absent modality's values change nothing, NaN and Infinity included, and any one suffices`, async () => {
    const model = (await trainModel(requestOf(preset), 3, {}))!;
    for (const [m, gone] of modalities.entries()) {
      const answers = [];
      for (const junk of [0, NaN, Infinity, 1e30]) {
        const edit = ({ inputs }: Batch): void => {
          inputs["presence"]!.values.forEach((_, i, all) => i % 2 === m && (all[i] = 0));
          inputs[`${gone}_values`]!.values.fill(junk);
        };
        answers.push(await model.predict(windows, fold.test, { edit }));
      }
      assert.ok(answers[0]!.every((row) => row.every(Number.isFinite)));
      for (const answer of answers) assert.deepEqual(answer, answers[0]);
      if (name !== "majority") assert.notDeepEqual(answers[0], await model.predict(windows, fold.test));
    }
    model.dispose();
  });
}

test("a prediction does not depend on the windows beside it", async () => {
  for (const preset of [small.logistic, small.forest, small.mlp]) {
    const model = (await trainModel(requestOf(preset), 3, {}))!;
    const all = await model.predict(windows, fold.test);
    const [third] = await model.predict(windows, [fold.test[2]!]);
    third!.forEach((x, c) => assert.ok(Math.abs(x - all[2]![c]!) < 1e-5));
    model.dispose();
  }
});

test("a classifier's code is not a network's, and no other classifier's", () => {
  const code = (preset: Preset) => codeOfRun(requestOf(preset));
  const codes = [...Object.values(small), presets["early-conv"], presets["early-gru"]].map(code);
  assert.equal(new Set(codes).size, codes.length);
});
