import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Result } from "fusion/dist/experiments/result";
import {
  readResult,
  readResults,
  removeReplaced,
  resultFile,
  writeResult,
} from "fusion/dist/experiments/store";
import { presets } from "fusion/dist/experiments/preset";
import { newFolder } from "../new-folder";

const folder = newFolder("fusion-store");

const scores = {
  windows: 3,
  accuracy: 2 / 3,
  macroF1: 0.1 + 0.2,
  macroF1TruthOrPrediction: 1e-7,
  confusion: [
    [1, 1],
    [0, 1],
  ],
};
const degraded = {
  ...{ windows: 3, accuracy: 0.5, macroF1: 1 / 3, negativeLogLikelihood: 0.7, ece: 0.1 },
  recall: [0.5, null],
};
const shared = { windows: 0, share: 0 };
const result = (key: string): Result => ({
  ...{
    experiment: "e",
    profile: "tiny",
    key,
    preset: presets["early-conv"],
    presetName: "early-conv",
    seed: Number(key.slice(1)),
  },
  fold: {
    ...{ split: "s", heldOut: "101", train: 4, stop: 0, calibration: 0, test: 3 },
    missingClasses: { stop: [], calibration: ["rope"] },
  },
  data: { name: "d", hash: "h" },
  engine: { name: "wheel", tensorflow: "2.21.0", oneDnn: true, threads: 1, instructionSet: "x64" },
  ...{ code: "c", classes: ["a", "b"], parameters: 7 },
  leak: { samples: shared, segment: shared, subject: shared },
  bestEpoch: 1,
  trials: [],
  history: [
    { epoch: 1, learningRate: 1e-3, trainLoss: 0.7, trainAccuracy: 0.5, stopLoss: null, stopAccuracy: null },
  ],
  majorityAccuracy: 0.5,
  subjects: [{ subject: "101", ...scores }],
  pooled: scores,
  negativeLogLikelihood: 0.69,
  subsets: [
    {
      ...{ present: ["hand"], pooled: degraded, subjects: [{ subject: "101", ...degraded }] },
      reliability: [{ lower: 0.6, windows: 3, confidence: 0.65, accuracy: 2 / 3 }],
    },
  ],
  faults: [],
  agreement: [],
  attention: null,
});
const circumstances = { seconds: 1.5, finished: "2026-01-01T00:00:00.000Z", host: "here", commit: "abc" };

test("what is written is read, number by number; circumstances lie beside, outside its bytes", () => {
  writeResult(folder, result("k1"), circumstances);
  const file = resultFile(folder, "tiny", "e", "k1");
  assert.equal(file, join(folder, "tiny", "e", "k1.json"));
  assert.deepEqual(readResult(file), result("k1"));
  const first = readFileSync(file, "utf8");
  assert.match(first, /\[ 1, 1 \],\n/, "a row of the confusion matrix is a line");
  writeResult(folder, result("k1"), { ...circumstances, host: "there" });
  assert.equal(readFileSync(file, "utf8"), first);
  assert.match(readFileSync(file.replace(".json", ".run.json"), "utf8"), /"there"/);
});

test("readResult names the file and the field that is wrong", () => {
  const file = join(folder, "wrong.json");
  writeFileSync(file, JSON.stringify({ ...result("k5"), seed: "one" }));
  assert.throws(
    () => readResult(file),
    (error: Error) => {
      assert.ok(
        error.message.startsWith(`readResult: ${file}: expected a result, got seed: `),
        error.message,
      );
      return error.message.endsWith("; it was written by other code: remove it and run: npm run results");
    },
  );
  writeFileSync(file, JSON.stringify(result("k5")).slice(0, 100));
  assert.throws(
    () => readResult(file),
    (error: Error) => error.message.startsWith(`readResult: ${file}: expected JSON, got `),
  );
});

test("a result that does not keep its form is not written", () => {
  const wrong = { ...result("k9"), pooled: { ...scores, accuracy: NaN } };
  assert.throws(() => writeResult(folder, wrong, circumstances));
  assert.ok(!existsSync(resultFile(folder, "tiny", "e", "k9")));
});

test("results are found by experiment in the order of tables, and replaced ones removed with their circumstances", () => {
  for (const key of ["k3", "k2"]) writeResult(folder, result(key), circumstances);
  const keys = () => readResults(folder, "tiny", "e").map(({ key }) => key);
  assert.deepEqual(keys(), ["k1", "k2", "k3"]);
  assert.deepEqual(removeReplaced(folder, "tiny", "e", ["k2"]), ["k1", "k3"]);
  assert.deepEqual(keys(), ["k2"]);
  assert.ok(!existsSync(join(folder, "tiny", "e", "k1.run.json")));
  assert.deepEqual(readResults(folder, "full", "e"), []);
});
