import assert from "node:assert/strict";
import { test } from "node:test";
import { samplingIntervals } from "fusion/dist/data/sampling-intervals";
import type { Recording } from "fusion/dist/data/recording";

const recording = (...seconds: number[]): Recording => ({
  dataset: "small",
  subject: "1",
  session: "a",
  space: { kind: "class", classes: ["still"] },
  modalities: {
    hand: {
      kind: "sequence",
      channels: [{ name: "x", unit: "m/s²" }],
      rateHz: 100,
      seconds: Float64Array.from(seconds),
      values: new Float32Array(seconds.length),
    },
  },
  segments: [],
});

test("times between samples are counted around multiples of the bin, over all recordings", () => {
  // 10, 11, 20 ms, and a pause of 5 s that is none of the sensor's; then 10 ms in another recording
  const recordings = [recording(0, 0.01, 0.021, 0.041, 5.041), recording(7, 7.01)];
  assert.deepEqual(samplingIntervals(recordings, "hand", { binMilliseconds: 5, longestMilliseconds: 1000 }), [
    { sensor: "hand", lowerMilliseconds: 7.5, upperMilliseconds: 12.5, intervals: 3 },
    { sensor: "hand", lowerMilliseconds: 17.5, upperMilliseconds: 22.5, intervals: 1 },
  ]);
});

test("a modality that nobody wore has no rows", () =>
  assert.deepEqual(samplingIntervals([recording(0, 1)], "chest", { binMilliseconds: 5, longestMilliseconds: 9 }), []));

test("a bin without width is refused", () =>
  assert.throws(() => samplingIntervals([], "hand", { binMilliseconds: 0, longestMilliseconds: 9 }), {
    message: /^samplingIntervals: expected a bin wider than 0 ms, got 0/,
  }));
