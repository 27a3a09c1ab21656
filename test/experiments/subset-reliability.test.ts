/** The bins that a result keeps give its calibration error again, and add up over folds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { reliabilityUnder, scoresUnder } from "fusion/dist/experiments/subset-scores";
import { randomFor } from "fusion/dist/random";

const random = randomFor(1, "subset-reliability");
const draw = (windows: number) => ({
  logits: Array.from({ length: windows }, () => Float32Array.from([0, 0, 0], () => 2 * random.normal())),
  truth: Int32Array.from({ length: windows }, () => random.integer(3)),
});
const errorOf = (bins: ReturnType<typeof reliabilityUnder>, windows: number): number =>
  bins.reduce((sum, b) => sum + (b.windows * Math.abs(b.accuracy - b.confidence)) / windows, 0);

test("two windows by hand: 0.9 sure and right, 0.6 sure and wrong", () => {
  const logits = [Float32Array.from([Math.log(9), 0]), Float32Array.from([0, Math.log(1.5)])];
  const bins = reliabilityUnder(logits, Int32Array.from([0, 0]));
  const rounded = bins.map((b) => ({ ...b, confidence: Number(b.confidence.toFixed(6)) }));
  assert.deepEqual(rounded, [
    { lower: 8 / 15, windows: 1, confidence: 0.6, accuracy: 0 },
    { lower: 13 / 15, windows: 1, confidence: 0.9, accuracy: 1 },
  ]);
});

test("bins hold every window once and give the calibration error again", () => {
  const { logits, truth } = draw(200);
  const bins = reliabilityUnder(logits, truth);
  const { pooled } = scoresUnder(
    logits,
    truth,
    logits.map(() => "101"),
  );
  assert.equal(
    bins.reduce((sum, { windows }) => sum + windows, 0),
    200,
  );
  assert.ok(Math.abs(errorOf(bins, 200) - pooled.ece) < 1e-12);
  const right = bins.reduce((sum, b) => sum + b.windows * b.accuracy, 0);
  assert.ok(Math.abs(right / 200 - pooled.accuracy) < 1e-12);
});
