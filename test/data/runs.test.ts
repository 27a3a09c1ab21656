import assert from "node:assert/strict";
import { test } from "node:test";
import { runsOf, segmentsOf } from "fusion/dist/data/runs";

test("a run ends with its label, at a gap and at a row without a label", () => {
  const seconds = [0, 0.01, 0.02, 0.05, 0.06, 0.07, 0.08];
  const labels = [1, 1, 1, 1, 2, NaN, 2];
  const runs = runsOf(seconds, labels, 0.02);
  assert.deepEqual(runs, [
    { first: 0, end: 3, label: 1 },
    { first: 3, end: 4, label: 1 }, // 0.03 s later
    { first: 4, end: 5, label: 2 },
    { first: 6, end: 7, label: 2 },
  ]);
  assert.deepEqual(
    segmentsOf(seconds, runs, 0.01).map((s) => [s.startSeconds, Number(s.endSeconds.toFixed(9)), s.target[0]]),
    [
      [0, 0.03, 1],
      [0.05, 0.06, 1],
      [0.06, 0.07, 2],
      [0.08, 0.09, 2],
    ],
  );
});

test("a gap of exactly the limit is none, whatever decimals do in binary", () => {
  const seconds = [0.01, 0.03]; // 0.03 - 0.01 is 0.019999999999999997, and 1.03 - 1.01 a little more than 0.02
  assert.equal(runsOf(seconds, [1, 1], 0.02).length, 1);
  assert.equal(runsOf([1.01, 1.03], [1, 1], 0.02).length, 1);
});

test("a last sample does not reach into the next row", () => {
  assert.equal(segmentsOf([0, 0.004], runsOf([0, 0.004], [1, 2], 1), 0.01)[0]!.endSeconds, 0.004);
});
