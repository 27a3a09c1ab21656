/** Equal effort: trials are chosen by the windows for stopping, and a run without trials is what it was. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { makeFold } from "fusion/dist/data/make-fold";
import { type Preset, presets } from "fusion/dist/experiments/preset";
import { Result } from "fusion/dist/experiments/result";
import { Interrupted, run } from "fusion/dist/experiments/run";
import { runKey, type RunRequest } from "fusion/dist/experiments/run-key";
import { presetsToTry, withTrials } from "fusion/dist/experiments/trials";
import { problemFold, problemOptions, problemWindows } from "../train/problem";

const windows = problemWindows();
const fold = problemFold(windows);
/** A small network on statistics: to `run` it is one like any other. */
const preset = {
  ...presets["mlp-statistics"],
  ...{ modalities: ["arm", "room"], hidden: 4, training: { ...problemOptions, jitter: 0, epochs: 2 } },
};
const requestOf = (changed: Preset): RunRequest => ({
  ...{ experiment: "problem", profile: "tiny", presetName: "small", windows, fold, seed: 1 },
  ...{ preset: changed, source: { data: "pamap2", split: { kind: "fixed-subjects" } } },
});
const trials = [{ learningRate: 1e-5, minimumLearningRate: 0 }, {}];

test("the trial with the least loss on the windows for stopping is the result, with the bytes that it has alone", async () => {
  const alone = await run(requestOf(preset));
  assert.deepEqual(alone.trials, []);
  const before = tf.memory().numTensors;
  for (const [order, chosen] of [
    [trials, 1],
    [[...trials].reverse(), 0],
  ] as const) {
    const tuned = await run(requestOf({ ...preset, trials: [...order] }));
    assert.equal(tf.memory().numTensors, before);
    assert.deepEqual(
      tuned.trials.map((trial) => trial.chosen),
      [0, 1].map((i) => i === chosen),
    );
    assert.deepEqual(
      tuned.trials.map(({ change }) => change),
      order,
    );
    const losses = tuned.trials.map(({ stopLoss }) => stopLoss);
    assert.equal(Math.min(...losses), losses[chosen]);
    assert.equal(losses[chosen], alone.history[alone.bestEpoch - 1]!.stopLoss);
    assert.notEqual(tuned.key, alone.key);
    const own = { key: "", preset, trials: [] };
    assert.deepEqual({ ...Result.parse(tuned), ...own }, { ...Result.parse(alone), ...own });
  }
});

test("an interrupted run goes on in the trial in which it stopped, to the same result", async () => {
  const folder = mkdtempSync(join(tmpdir(), "fusion-trials-"));
  const request = requestOf({ ...preset, trials });
  try {
    const controller = new AbortController();
    let updates = 0;
    const progress = {
      update: ({ epoch }: { epoch: number }) => {
        updates++;
        if (epoch === 2 && existsSync(join(folder, "trial-1"))) controller.abort();
      },
      clear: () => {},
    };
    const checkpoints = { folder, run: runKey(request) };
    await assert.rejects(run(request, { checkpoints, progress, signal: controller.signal }), Interrupted);
    assert.deepEqual(readdirSync(folder), ["trial-0", "trial-1"]);
    const before = updates;
    const resumed = await run(request, {
      checkpoints,
      progress: { ...progress, update: () => void updates++ },
    });
    assert.ok(updates - before < before, "the first trial and one epoch of the second are not trained again");
    assert.equal(JSON.stringify(resumed), JSON.stringify(await run(request)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("trials cannot be chosen where nothing is held back", async () => {
  const bare = makeFold(windows, fold, { ...fold, stop: [] });
  await assert.rejects(run({ ...requestOf({ ...preset, trials }), fold: bare }), {
    message:
      "run: expected windows for stopping, by which trials are chosen, got none when s4 is held out; choose a split that holds some back, or a preset without trials",
  });
});

test("every method that has something to choose gets as many trials; a trial changes that and nothing else", () => {
  const counts = Object.values(presets).map((p: Preset) => presetsToTry(withTrials(p)).length);
  assert.deepEqual(new Set(counts), new Set([1, 3]));
  assert.equal(counts.filter((n) => n === 1).length, 1, "the majority");
  const tried = presetsToTry({ ...preset, trials: [{ dropout: 0.4, learningRate: 1 }, {}] });
  assert.deepEqual(tried, [
    { ...preset, dropout: 0.4, training: { ...preset.training, learningRate: 1 } },
    preset,
  ]);
  assert.deepEqual(
    presetsToTry(withTrials(presets["logistic-statistics"])).map((p) => "l2" in p && p.l2),
    [1, 10, 100],
  );
});
