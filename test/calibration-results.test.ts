/** The committed calibrations are whole, belong to their runs, agree with themselves, and say what the report says of them. */
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type ExperimentName, type Result } from "fusion";
import { calibrationOfRuns } from "fusion/dist/experiments/calibration-of-runs";
import { CalibrationResult } from "fusion/dist/experiments/calibration-result";
import { calibrationStudies } from "fusion/dist/experiments/calibration-study";
import { readLogits } from "fusion/dist/experiments/logits-file";
import { pooledReliability } from "fusion/dist/experiments/pooled-reliability";
import { logitsFile, readResult, readResults, resultFile } from "fusion/dist/experiments/store";
import { readStudyResults } from "fusion/dist/experiments/study";

const folder = "results";
/** Numbers are kept with six places. */
const rounding = 1e-6;

const kept = calibrationStudies.map(({ name }) => ({
  study: name,
  of: name.replace("calibration-", "") as ExperimentName,
  results: readStudyResults(CalibrationResult, folder, "full", name),
}));

test("the calibrations that notebook 08 draws are there", () => {
  const there = kept.filter(({ results }) => results.length > 0).map(({ of }) => of);
  for (const name of [
    "loso-pamap2",
    "attention-pamap2",
    "utd-mhad",
    "baselines-pamap2",
    "optimism-pamap2",
  ] as const)
    assert.ok(there.includes(name), `run: npm run experiment -- calibration-${name}`);
});

for (const { study, of, results } of kept.filter((one) => one.results.length > 0)) {
  const runs: Result[] = readResults(folder, "full", of);
  const runOf = new Map(runs.map((run) => [run.key, run]));
  const whole = (r: CalibrationResult): string => r.modalities.join("+");

  test(`${study}: each preset once, made of all its runs and of no others`, () => {
    assert.equal(new Set(results.map(({ presetName }) => presetName)).size, results.length);
    for (const { key, presetName, runs: own, data, classes } of results) {
      assert.deepEqual(
        [...own].sort(),
        runs
          .filter((run) => run.presetName === presetName)
          .map((run) => run.key)
          .sort(),
        `${presetName}: ${key}`,
      );
      for (const run of own.map((one) => runOf.get(one)!)) {
        assert.equal(run.data.hash, data.hash);
        assert.deepEqual(run.classes, classes);
      }
    }
  });

  test(`${study}: accuracy, likelihood and error without a correction are those that the runs kept`, () => {
    for (const result of results)
      for (const { split, set, correction, seed, scores } of result.pooled) {
        if (correction !== "none") continue;
        const own = result.runs
          .map((key) => runOf.get(key)!)
          .filter((run) => run.seed === seed && run.fold.split === split);
        const subsets = own.map((run) =>
          run.subsets.find(({ present }) => (present.join("+") || "none") === set)!,
        );
        const windows = own.map((run) => run.fold.test);
        const total = windows.reduce((a, b) => a + b, 0);
        const mean = (value: (i: number) => number): number =>
          own.reduce((sum, _, i) => sum + (windows[i]! / total) * value(i), 0);
        const where = `${result.presetName}, ${set}, seed ${seed}`;
        assert.equal(scores.windows, total, where);
        assert.ok(Math.abs(scores.accuracy - mean((i) => subsets[i]!.pooled.accuracy)) < rounding, where);
        const loss = mean((i) => subsets[i]!.pooled.negativeLogLikelihood);
        // float32 probabilities there, doubles here; a truth near 0 is where they differ
        if (scores.logLoss !== null)
          assert.ok(Math.abs(scores.logLoss - loss) < 1e-3 * Math.max(1, loss), where);
        const { ece, mce } = pooledReliability(own, subsets[0]!.present);
        assert.ok(Math.abs(scores.ece - ece) < 1e-4, `${where}: ${scores.ece} for ${ece}`);
        assert.ok(mce <= 1 && scores.mce <= 1);
      }
  });

  test(`${study}: what must hold of any scores holds`, () => {
    for (const {
      pooled,
      ensemble,
      temperatures,
      reliability,
      riskCoverage,
      conformal,
      subjects,
    } of results) {
      for (const { scores } of [...pooled, ...ensemble]) {
        const { accuracy, confidence, ece, mce, ace, brier } = scores;
        assert.ok(Math.abs(confidence - accuracy) <= ece + 2 * rounding && ece <= mce + rounding);
        assert.ok(ace <= mce + rounding && brier >= 0 && brier <= 2 && scores.excessAurc >= -rounding);
      }
      for (const { lossBefore, lossAfter } of temperatures)
        if (lossBefore !== null && lossAfter !== null) assert.ok(lossAfter <= lossBefore + rounding);
      for (const { bins } of reliability)
        for (const bin of bins) {
          assert.ok(
            bin.count > 0 && bin.confidence > bin.lower - rounding && bin.confidence <= bin.upper + rounding,
          );
          assert.ok(bin.accuracyLower <= bin.accuracyUpper);
        }
      for (const { points } of riskCoverage) assert.equal(points.at(-1)!.coverage, 1);
      for (const { pooled: all, subjects: people, classes } of conformal)
        for (const groups of [people, classes].filter(({ length }) => length > 0)) {
          const windows = groups.reduce((sum, group) => sum + group.windows, 0);
          const covered = groups.reduce((sum, group) => sum + group.windows * group.covered, 0) / windows;
          assert.equal(windows, all.windows);
          assert.ok(Math.abs(covered - all.covered) < 2 * rounding);
        }
      // each held-out person, before, for every set of sensors
      const people = new Set(subjects.map(({ subject }) => subject));
      const before = subjects.filter(({ correction }) => correction === "none");
      const sets = new Set(before.map(({ set, split }) => `${set} ${split}`));
      assert.equal(before.length, people.size * sets.size);
    }
  });

  test(`${study}: one temperature changes no answer`, () => {
    for (const result of results) {
      const accuracyOf = (correction: string): number[] =>
        result.pooled
          .filter((row) => row.correction === correction && row.set === whole(result))
          .map(({ scores }) => scores.accuracy);
      for (const correction of ["temperature", "temperature of the set", "several people"])
        if (accuracyOf(correction).length > 0) assert.deepEqual(accuracyOf(correction), accuracyOf("none"));
    }
  });

  test(`${study}: circumstances lie beside`, () => {
    for (const file of readdirSync(join(folder, "full", study)).filter((f) => !f.endsWith(".run.json")))
      assert.ok(existsSync(join(folder, "full", study, file.replace(".json", ".run.json"))), file);
  });

  for (const result of results) {
    const places = result.runs.map((key) => logitsFile(folder, "full", of, key));
    if (!places.every((file) => existsSync(file))) continue; // they are in no git
    test(`${study}: ${result.presetName} comes out of its runs' logits again`, () => {
      const again = calibrationOfRuns(
        result.runs.map((key, i) => ({
          result: readResult(resultFile(folder, "full", of, key)),
          logits: readLogits(places[i]!),
        })),
      );
      // another code has another key; its numbers are the same
      assert.deepEqual({ ...again, key: "", code: "" }, { ...result, key: "", code: "" });
    });
  }
}

const scoreOf = (
  name: ExperimentName,
  preset: string,
  correction: string,
  score: "ece" | "logLoss" | "confidence" | "accuracy",
  split?: string,
): number => {
  const result = kept.find(({ of }) => of === name)!.results.find(({ presetName }) => presetName === preset)!;
  const rows = result.pooled.filter(
    (row) =>
      row.set === result.modalities.join("+") &&
      row.correction === correction &&
      (split === undefined || row.split === split),
  );
  assert.ok(rows.length > 0, `${name} ${preset} ${correction} ${split ?? ""}`);
  return rows.reduce((sum, { scores }) => sum + (scores[score] ?? Infinity), 0) / rows.length;
};

test("PAMAP2's windows under three splits: new people are promised more than comes, known ones hardly", () => {
  const gap = (split: string): number =>
    scoreOf("optimism-pamap2", "early-conv", "none", "confidence", split) -
    scoreOf("optimism-pamap2", "early-conv", "none", "accuracy", split);
  const ece = (split: string): number => scoreOf("optimism-pamap2", "early-conv", "none", "ece", split);
  assert.ok(gap("leave-one-subject-out") > gap("random"));
  assert.ok(ece("leave-one-subject-out") > ece("random"));
});

test("nobody's sets keep their promise of 90 % for every person of PAMAP2", () => {
  const { results } = kept.find(({ of }) => of === "loso-pamap2")!;
  for (const { conformal } of results)
    for (const { subjects } of conformal.filter((row) => row.subjects.length > 0))
      assert.ok(Math.min(...subjects.map(({ covered }) => covered)) < 0.9);
});
