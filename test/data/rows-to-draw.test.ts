import assert from "node:assert/strict";
import { test } from "node:test";
import { auditRows, channelSpread, cutWindows, type Fold, makeFold, missingBySensor, signalExcerpt, splitRows } from "fusion";
import { recording, sequence } from "./tiny";

/** Ten seconds of class 0, then ten of class 1, at 1 Hz; the value is the second. */
const one = (subject: string, values = Array.from({ length: 20 }, (_, i) => i)) =>
  recording(subject, [[0, 10, 0], [10, 20, 1]], { modalities: { a: sequence(values, 1) } });

const windows = cutWindows([one("s1"), one("s2")], { lengthSeconds: 2, strideSeconds: 2 });
const fold: Fold = makeFold(windows, { split: "by hand", heldOut: "s2" }, { train: [0, 1, 2, 5, 6], test: [3, 4, 10] }, { classes: [] });

test("neighbouring windows of one part are one row, and windows of no part are unused", () => {
  const rows = splitRows(windows, fold, "picture").filter(({ subject }) => subject === "s1");
  assert.deepEqual(
    rows.map(({ part, startSeconds, endSeconds, windows }) => [part, startSeconds, endSeconds, windows]),
    [["train", 0, 6, 3], ["test", 6, 10, 2], ["train", 10, 14, 2], ["unused", 14, 20, 3]],
  );
  assert.ok(rows.every(({ split }) => split === "picture"));
});

test("an audit's rows are summed over folds", () => {
  const rows = auditRows(windows, [fold, fold]);
  // windows 3 and 4 share segment and subject with training, 10 shares nothing, none shares a sample
  assert.deepEqual(rows.map(({ shares, windows, testWindows }) => [shares, windows, testWindows]), [["samples", 0, 6], ["segment", 4, 6], ["subject", 4, 6]]);
});

test("quantiles count a sample once, and scaling moves them as the scaler says", () => {
  const overlapping = cutWindows([one("s1")], { lengthSeconds: 4, strideSeconds: 1 });
  const [name] = overlapping.names;
  const track = overlapping.tracks[name!]!;
  const channel = track.kind === "sequence" ? track.channels[0]!.name : "";
  const [before, after] = channelSpread(overlapping, { [name!]: { mean: [10], deviation: [2], count: [1] } }, [[name!, channel]]);
  assert.deepEqual([before!.p05, before!.p50, before!.p95], [1, 10, 19]); // of 0 ... 19
  assert.deepEqual([after!.p05, after!.p50, after!.p95], [-4.5, 0, 4.5]);
});

test("an excerpt is the middle of the first segment of the activity", () => {
  const [first] = [one("s1")];
  const channel = first!.modalities["a"]!.kind === "sequence" ? first!.modalities["a"]!.channels[0]!.name : "";
  const classes = first!.space.kind === "class" ? first!.space.classes : [];
  const rows = signalExcerpt(first!, { activities: [classes[1]!], sensors: ["a"], channels: channel, lengthSeconds: 4 });
  assert.deepEqual(rows.map(({ seconds, value }) => [seconds, value]), [[0, 13], [1, 14], [2, 15], [3, 16]]);
  assert.throws(() => signalExcerpt(first!, { activities: ["flying"], sensors: ["a"], channels: "", lengthSeconds: 4 }), /signalExcerpt: s1: expected a segment of flying, got none/);
});

test("a sensor's missing share counts all its channels", () => {
  const holes = [NaN, NaN, ...Array.from({ length: 18 }, (_, i) => i)];
  assert.deepEqual(missingBySensor([one("s1", holes)]), [{ subject: "s1", sensor: "a", share: 0.1 }]);
});
