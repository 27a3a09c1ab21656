/** What the compiled step is given, batch after batch, seen by a step that only looks. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { fitScaler } from "fusion/dist/data/scaler";
import type { Windows } from "fusion/dist/data/windows";
import { epochTrainer } from "fusion/dist/train/epoch";
import { silent } from "fusion/dist/train/progress";
import { learningRateAt } from "fusion/dist/train/schedule";
import { problemFold, problemOptions, problemWindows } from "./problem";

const plain = problemWindows();
const fold = problemFold(plain);
/** Each window's class is its own number, so that its target tells which window it is. */
const windows: Windows = { ...plain, targets: plain.targets.map((_, window) => window) };
const options = { ...problemOptions, epochs: 3, batchSize: 50 };

async function watch(seed: number) {
  const calls: { windows: number[]; rate: number; seed: number[]; first: number }[] = [];
  const look = (inputs: tf.NamedTensorMap): tf.NamedTensorMap => {
    calls.push({
      windows: [...inputs["targets"]!.argMax(1).dataSync()],
      rate: inputs["rate"]!.dataSync()[0]!,
      seed: [...inputs["seed"]!.dataSync()],
      first: inputs["arm_values"]!.abs().sum().dataSync()[0]!,
    });
    return { loss: tf.scalar(calls.length), correct: tf.scalar(25) };
  };
  const step = Object.assign(look, { dispose: () => {} });
  const trainer = epochTrainer({
    ...{ step, windows, fold, scaler: fitScaler(windows, fold), classes: windows.count, options, seed },
    ...{ signal: undefined, progress: silent, now: () => 0 },
  });
  const epochs = [await trainer.train(1), await trainer.train(2), await trainer.train(3)];
  return { calls, epochs, trainer };
}

test("an epoch takes each training window at most once, in an order of its own, in full batches", async () => {
  const { calls, epochs, trainer } = await watch(1);
  assert.equal(trainer.batches, Math.floor(fold.train.length / 50));
  assert.equal(calls.length, 3 * trainer.batches);
  const orders = [0, 1, 2].map((e) => calls.slice(2 * e, 2 * e + 2).flatMap((call) => call.windows));
  for (const order of orders) {
    assert.equal(new Set(order).size, 100);
    assert.ok(order.every((window) => fold.train.includes(window)));
  }
  assert.notDeepEqual(orders[0], orders[1]);
  assert.notDeepEqual(orders[1], orders[2]);
  // losses 1 and 2, then 3 and 4; 25 of 50 right in each
  assert.deepEqual(epochs.slice(0, 2), [
    { trainLoss: 1.5, trainAccuracy: 0.5 },
    { trainLoss: 3.5, trainAccuracy: 0.5 },
  ]);
});

test("each step has its rate and a seed of its own: one key for the run, the step's number", async () => {
  const { calls, trainer } = await watch(1);
  calls.forEach(({ rate, seed }, at) => {
    assert.ok(Math.abs(rate - learningRateAt(at, trainer.schedule)) <= 2 ** -24 * rate);
    assert.deepEqual(seed, [calls[0]!.seed[0], at]);
  });
  assert.ok(calls[0]!.seed[0]! < 2 ** 30, "a name's hash below 2^30 is added to it");
  assert.equal(trainer.schedule.totalSteps, 6);
});

test("an epoch depends on its number and seed alone, not on the epochs before", async () => {
  const [first, again, other] = [await watch(1), await watch(1), await watch(2)];
  assert.deepEqual(again.calls, first.calls);
  assert.notDeepEqual(other.calls[0]!.windows, first.calls[0]!.windows);
  assert.notEqual(other.calls[0]!.seed[0], first.calls[0]!.seed[0]);
  const before = first.calls.slice(2, 4);
  first.calls.length = 0;
  await first.trainer.train(2);
  assert.deepEqual(
    first.calls.map(({ windows: w, rate, first: sum }) => [w, rate, sum]),
    before.map(({ windows: w, rate, first: sum }) => [w, rate, sum]),
  );
});

test("a modality that is dropped reaches the step as nothing: no values, no validity, no presence", async () => {
  const seen: { presence: number[]; arm: number[]; room: number[] }[] = [];
  const perWindow = (x: tf.Tensor): number[][] => x.reshape([50, -1]).arraySync() as number[][];
  const look = (inputs: tf.NamedTensorMap): tf.NamedTensorMap => {
    const [arm, valid, room] = ["arm_values", "arm_validity", "room_values"].map((name) =>
      perWindow(inputs[name]!),
    );
    perWindow(inputs["presence"]!).forEach((presence, w) =>
      seen.push({ presence, arm: [...arm![w]!, ...valid![w]!], room: room![w]! }),
    );
    return { loss: tf.scalar(0), correct: tf.scalar(0) };
  };
  const trainer = epochTrainer({
    ...{ step: Object.assign(look, { dispose: () => {} }), windows, fold, classes: windows.count, seed: 1 },
    ...{ scaler: fitScaler(windows, fold), options: { ...options, modalityDropout: 0.5, jitter: 0 } },
    ...{ signal: undefined, progress: silent, now: () => 0 },
  });
  await trainer.train(1);
  const dropped = seen.filter(({ presence }) => presence[0] === 0);
  assert.ok(dropped.length > 10 && dropped.length < seen.length - 10, `${dropped.length} of ${seen.length}`);
  for (const { presence, arm, room } of dropped) {
    assert.ok(arm.every((x) => x === 0));
    assert.ok(presence[1] === 1 && room.some((x) => x !== 0), "one remains");
  }
  assert.ok(seen.every(({ presence, arm }) => presence[0] === 0 || arm.some((x) => x !== 0)));
});
