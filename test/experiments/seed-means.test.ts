/** Each seed's mean over people, and how far seeds lie apart. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { seedMeans } from "fusion/dist/experiments/seed-means";
import type { Result } from "fusion/dist/experiments/result";
import { madeResult } from "./made-results";

const result = (presetName: string, subject: string, seed: number, accuracy: number): Result =>
  madeResult({ presetName, subject, seed, accuracy: () => accuracy });
const results = [
  result("late", "101", 2, 0.5),
  result("late", "102", 2, 1),
  result("late", "101", 1, 1),
  result("late", "102", 1, 1),
  result("early", "101", 1, 0.25),
];

test("a mean of each seed over people, in the order of seeds; methods in the order of results", () => {
  assert.deepEqual(seedMeans(results, "accuracy"), [
    {
      method: "late",
      means: [
        { seed: 1, mean: 1 },
        { seed: 2, mean: 0.75 },
      ],
      mean: 0.875,
      spread: 0.25,
    },
    { method: "early", means: [{ seed: 1, mean: 0.25 }], mean: 0.25, spread: 0 },
  ]);
});

test("two splits are not averaged", () => {
  const one = results[4]!;
  const random = { ...one, fold: { ...one.fold, split: "random" as const } };
  assert.throws(() => seedMeans([one, random]), {
    message:
      "seedMeans: expected results of one split, got [leave-one-subject-out, random] of early; choose those of one experiment and split",
  });
});
