import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { randomWindows } from "fusion";
import type { Fold } from "fusion/dist/data/fold";
import type { Windows } from "fusion/dist/data/windows";
import { fit, type FitRequest } from "fusion/dist/train/fit";
import { decide } from "fusion/dist/train/evaluate";
import { labelsOf } from "fusion/dist/train/labels";
import { predictor } from "fusion/dist/train/predict";
import type { ProgressReporter } from "fusion/dist/train/progress";
import { trainInChild } from "./child-process";
import { problemFold, problemModel, problemOptions, problemWindows, weightsHash } from "./problem";

const windows = problemWindows();
const fold = problemFold(windows);
const calm = { ...problemOptions, modalityDropout: 0, jitter: 0, noise: 0, labelSmoothing: 0 };

/** Trains a new model of the problem, unless told otherwise. */
async function train(changes: Partial<FitRequest> = {}) {
  const model = changes.model ?? problemModel();
  const fitted = await fit({ model, windows, fold, options: problemOptions, seed: 1, ...changes });
  return { model, fitted, hash: weightsHash(model) };
}

/** Calls back with epoch and batch. */
const watch = (seen: (epoch: number, batch: number) => void): ProgressReporter => ({
  update: ({ epoch, batch }) => seen(epoch, batch),
  clear: () => {},
});

test("on an easy problem the loss falls and people never seen are recognised", async () => {
  const { model, fitted } = await train({ options: { ...calm, epochs: 10 } });
  const losses = fitted.history.map(({ trainLoss }) => trainLoss);
  assert.ok(losses.at(-1)! < 0.3 * losses[0]!, losses.join());
  const predict = predictor(model, fitted.scaler);
  const right = decide((await predict(windows, fold.test))!).filter(
    (id, i) => id === labelsOf(windows, fold.test)[i],
  );
  predict.dispose();
  assert.ok(right.length > 0.9 * fold.test.length, `${right.length} of ${fold.test.length}`); // chance is a third
});

/** The windows for stopping say the next class: the better the model learns, the worse it does on them. */
const misled: Windows = {
  ...windows,
  targets: windows.targets.map((id, w) => (fold.stop.includes(w) ? (id + 1) % 3 : id)),
};

test("early stopping ends after `patience` epochs without a better one, and the best weights come back", async () => {
  const options = { ...calm, epochs: 10, patience: 2 };
  const { fitted, hash } = await train({ windows: misled, options });
  const losses = fitted.history.map(({ stopLoss }) => stopLoss!);
  const best = losses.indexOf(Math.min(...losses)) + 1;
  assert.equal(fitted.bestEpoch, best);
  assert.equal(losses.length, best + 2);
  assert.ok(losses.at(-1)! > losses[best - 1]!, "the last epoch is worse, else this test shows nothing");
  // the same run, stopped right after its best epoch, has the same weights
  const controller = new AbortController();
  const progress = watch((epoch) => epoch > best && controller.abort());
  const cut = await train({ windows: misled, options, progress, signal: controller.signal });
  assert.equal(cut.fitted.bestEpoch, best);
  assert.equal(hash, cut.hash);
});

test("where the last epoch is to be kept, windows for stopping choose nothing: as if there were none", async () => {
  const options = { ...calm, epochs: 4, keep: "last" } as const;
  const { fitted, hash } = await train({ windows: misled, options });
  assert.equal(fitted.bestEpoch, 4);
  assert.ok(fitted.history.every(({ stopLoss }) => stopLoss !== null));
  const without = await train({
    windows: misled,
    options: { ...calm, epochs: 4 },
    fold: { ...fold, stop: new Int32Array() },
  });
  assert.equal(hash, without.hash);
  assert.notEqual((await train({ windows: misled, options: { ...calm, epochs: 4 } })).fitted.bestEpoch, 4);
});

test("an interrupt stops within one batch and keeps the best weights", async () => {
  const stopAt = async (epoch: number, batch: number) => {
    const controller = new AbortController();
    let after = 0;
    const progress = watch((e, b) => {
      if (controller.signal.aborted) after++;
      if (e === epoch && b === batch) controller.abort();
    });
    const result = await train({ progress, signal: controller.signal });
    assert.equal(after, 0, "no batch after the interrupt");
    assert.ok(result.fitted.interrupted);
    assert.equal(result.fitted.history.length, epoch - 1);
    return result;
  };
  const [early, late] = [await stopAt(3, 1), await stopAt(3, 5)];
  assert.equal(early.hash, late.hash, "what the third epoch had learned is gone");
  assert.equal((await stopAt(1, 2)).fitted.bestEpoch, 0);
});

test("an interrupt from outside, such as Ctrl-C, is heard while steps run", async () => {
  const controller = new AbortController();
  setImmediate(() => controller.abort()); // an event that only a loop which yields lets through
  const { fitted } = await train({ signal: controller.signal });
  assert.ok(fitted.interrupted);
  assert.equal(fitted.history.length, 0);
});

test("prediction stops when asked, within one batch", async () => {
  const { model, fitted } = await train({ options: { ...calm, epochs: 1 } });
  const controller = new AbortController();
  let batches = 0;
  const predict = predictor(model, fitted.scaler, 8);
  const edit = (): void => void (++batches === 2 && controller.abort());
  assert.equal(await predict(windows, fold.train, { edit, signal: controller.signal }), undefined);
  assert.equal(batches, 2);
  predict.dispose();
});

test("a fold whose test windows share samples with training is refused unless it is the point", async () => {
  const overlapping = problemWindows(undefined, 0.5);
  const leaking = randomWindows(overlapping, { seed: 1 })[0]!;
  const options = { ...calm, epochs: 1 };
  await assert.rejects(train({ windows: overlapping, fold: leaking, options }), {
    message:
      /^fit: expected folds without common samples, got [\d,]+ shared windows; split by subject, or pass allowLeak$/,
  });
  await train({ windows: overlapping, fold: leaking, options, allowLeak: true });
});

test("training without one of the classes is refused, by name", async () => {
  const lacking: Fold = { ...fold, train: fold.train.filter((w) => windows.targets[w] !== 1) };
  await assert.rejects(train({ fold: lacking }), {
    message:
      "fit: expected every class among the training windows of s4, got none of middle; choose other activities or another split",
  });
});

/** An infinite sample, said to be measured, in the windows of one subject. */
function broken(part: "train" | "stop"): Windows {
  const track = windows.tracks["arm"]!;
  const values = track.values.slice();
  values[track.offset[fold[part][0]!]! * 2] = Infinity;
  return { ...windows, tracks: { ...windows.tracks, arm: { ...track, values } } as Windows["tracks"] };
}

test("a loss that is no number ends training and says where", async () => {
  const before = tf.memory().numTensors;
  const model = problemModel();
  const options = { ...calm, learningRate: 1e38, warmupSteps: 0 };
  await assert.rejects(train({ model, options }), {
    message:
      /^fit: expected a finite loss, got (NaN|Infinity) in epoch 1, batch \d; lower learningRate \(1e\+38\) or look for NaN in the windows$/,
  });
  model.dispose();
  assert.equal(tf.memory().numTensors, before, "what it had made is freed");
});

test("an infinite sample is refused in training; in a window for stopping it closes its own step", async () => {
  await assert.rejects(train({ windows: broken("train") }), {
    message:
      "fit: expected finite numbers where training windows say that they were measured, got Infinity as mean of channel 0 of arm; mark such samples as missing",
  });
  const { fitted } = await train({ windows: broken("stop") });
  assert.ok(fitted.history.every(({ stopLoss }) => Number.isFinite(stopLoss)));
});

test("no tensor stays behind, neither from epoch to epoch nor after training", async () => {
  const model = problemModel();
  const before = tf.memory().numTensors;
  const counts: number[] = [];
  const progress = watch((_, batch) => batch === 6 && counts.push(tf.memory().numTensors));
  await train({ model, progress });
  assert.equal(counts.length, 4);
  assert.equal(new Set(counts).size, 1, counts.join());
  assert.equal(tf.memory().numTensors, before);
});

test("the same seed gives the same bytes, in this process and in another; another seed gives others", async () => {
  const [one, two, other] = [await train(), await train(), await train({ seed: 2 })];
  assert.equal(one.hash, two.hash);
  assert.deepEqual(one.fitted, two.fitted);
  assert.notEqual(one.hash, other.hash);
  const child = await trainInChild({ epochs: 4 });
  assert.equal(child.hash, one.hash);
});

test("windows that do not fill a batch have their turn in another epoch; a batch is never larger than the fold", async () => {
  const seen: string[] = [];
  const progress = watch((epoch, batch) => seen.push(`${epoch}.${batch}`));
  const options = { ...calm, epochs: 2, batchSize: 100 }; // 144 windows
  await train({ options, progress });
  assert.deepEqual(seen, ["1.1", "2.1"]);
  await train({ options: { ...options, batchSize: 1000 } });
});
