import assert from "node:assert/strict";
import { test } from "node:test";
import {
  confusionRows,
  curveRows,
  meansOverSubjects,
  pairedDifference,
  type Result,
  subjectScores,
} from "fusion";

/** Only what the summaries read. */
const result = (split: string, heldOut: string, seed: number, accuracy: number): Result =>
  ({
    presetName: "early-conv",
    fold: { split, heldOut },
    seed,
    majorityAccuracy: 0.4,
    classes: ["walk", "run"],
    subjects: [{ subject: heldOut, accuracy, macroF1: accuracy / 2 }],
    subsets: [],
    pooled: {
      confusion: [
        [3, 1],
        [0, 0],
      ],
    },
  }) as unknown as Result;

const results = [
  result("random", "101", 1, 0.9),
  result("random", "101", 2, 0.7),
  result("random", "102", 1, 1),
  result("strict", "101", 1, 0.5),
  result("strict", "102", 1, 0.7),
];

test("a subject's score is the mean over its seeds, beside the floor", () => {
  const scores = subjectScores(results, "accuracy");
  assert.deepEqual(
    scores.map(({ split, subject, score, seeds }) => [split, subject, Number(score.toFixed(6)), seeds]),
    [
      ["random", "101", 0.8, 2],
      ["random", "102", 1, 1],
      ["strict", "101", 0.5, 1],
      ["strict", "102", 0.7, 1],
    ],
  );
  assert.ok(scores.every(({ floor }) => floor === 0.4));
  assert.equal(subjectScores(results, "macroF1")[1]!.score, 0.5);
});

test("the mean is over subjects, each counted once, and the interval lies within their scores", () => {
  const [random, strict] = meansOverSubjects(subjectScores(results, "accuracy"));
  assert.ok(Math.abs(random!.mean - 0.9) < 1e-12 && random!.subjects === 2);
  assert.ok(Math.abs(strict!.mean - 0.6) < 1e-12);
  assert.ok(strict!.lower >= 0.5 && strict!.upper <= 0.7 && strict!.lower < strict!.upper);
});

test("a difference is taken subject by subject", () => {
  const { mean, lower, upper, subjects } = pairedDifference(
    subjectScores(results, "accuracy"),
    "random",
    "strict",
  );
  assert.ok(Math.abs(mean - 0.3) < 1e-12); // 0.8 - 0.5 and 1 - 0.7
  assert.ok(Math.abs(lower - 0.3) < 1e-9 && Math.abs(upper - 0.3) < 1e-9, "both subjects differ by 0.3");
  assert.equal(subjects, 2);
});

test("a difference of splits with other subjects is refused", () => {
  const scores = subjectScores(results.slice(0, 4), "accuracy");
  assert.throws(
    () => pairedDifference(scores, "random", "strict"),
    /expected the same subjects under random and strict, got \[101,102\] and \[101\]; .*npm run results/,
  );
});

test("confusions are summed, and a class without windows has no share", () => {
  const rows = confusionRows(results.slice(0, 2));
  assert.deepEqual(rows.slice(0, 2), [
    { truth: "walk", predicted: "walk", windows: 6, share: 0.75 },
    { truth: "walk", predicted: "run", windows: 2, share: 0.25 },
  ]);
  assert.ok(rows.slice(2).every(({ windows, share }) => windows === 0 && Number.isNaN(share)));
});

test("a history without stopping has no curve for it", () => {
  const epoch = {
    epoch: 1,
    learningRate: 1e-3,
    trainLoss: 2,
    trainAccuracy: 0.5,
    stopLoss: null,
    stopAccuracy: null,
  };
  const of = (record: object) => curveRows({ history: [{ ...epoch, ...record }] } as unknown as Result);
  assert.deepEqual(
    of({}).map(({ part, quantity, value }) => [part, quantity, value]),
    [
      ["train", "loss", 2],
      ["train", "accuracy", 0.5],
    ],
  );
  assert.equal(of({ stopLoss: 3, stopAccuracy: 0.1 }).length, 4);
});
