import assert from "node:assert/strict";
import { test } from "node:test";
import { lineProgress, type Progress, progressLine, stopwatch } from "fusion/dist/train/progress";

const half: Progress = {
  epoch: 2,
  epochs: 3,
  batch: 5,
  batches: 10,
  loss: 0.41234,
  metric: { name: "accuracy", value: 0.8709 },
  windowsPerSecond: 2310.4,
  secondsLeft: 101,
};

test("the line tells epoch, share done, loss, metric, speed and time left", () => {
  // one epoch and a half of three is half of a bar of 4
  assert.equal(
    progressLine(half, 4),
    "epoch 2/3 ▕██  ▏ loss 0.412, accuracy 0.871, 2,310 windows/s, 1:41 left",
  );
});

test("the line is drawn over itself, not too often, and is gone at the end", () => {
  let [text, time] = ["", 0];
  const progress = lineProgress(
    (part) => (text += part),
    () => time,
    "run: ",
  );
  progress.update(half);
  progress.update({ ...half, batch: 6 }); // within a tenth of a second
  assert.equal(text.split("\r").length - 1, 1);
  time = 200;
  progress.update({ ...half, batch: 7 });
  progress.clear();
  assert.ok(text.includes("run: epoch 2/3"));
  const shown = text.split("\n").map((line) => line.slice(line.lastIndexOf("\r") + 1));
  assert.deepEqual(shown, [""], "what a saved notebook keeps of it");
});

test("speed and time left follow from the clock", () => {
  let time = 0;
  const clock = stopwatch(() => time);
  time = 2000;
  assert.deepEqual(clock(100, 300), { windowsPerSecond: 50, secondsLeft: 6 });
});
