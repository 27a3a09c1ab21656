/** From logits to a calibration's result: who calibrates whom, what is pooled, and that it is small and repeatable. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomFor } from "fusion";
import { calibrationScores } from "fusion/dist/calibration/calibration-scores";
import { classTable } from "fusion/dist/calibration/class-table";
import { probabilitiesOf } from "fusion/dist/calibration/probabilities";
import { calibrationFits } from "fusion/dist/experiments/calibration-fits";
import {
  calibrationKey,
  calibrationOfRuns,
  type LoggedRun,
} from "fusion/dist/experiments/calibration-of-runs";
import { studyNamed } from "fusion/dist/experiments/study-registry";
import type { KeptLogits } from "fusion/dist/experiments/logits-file";
import { presets } from "fusion/dist/experiments/preset";

const sensors = [[], ["hand"], ["heart"], ["hand", "heart"]];

/** 30 windows of each person; a model that is three times too sure with both sensors. */
function runOf(
  seed: number,
  testPeople: readonly string[],
  calibrationPeople: readonly string[],
  split = "leave-one-subject-out",
): LoggedRun {
  const random = randomFor(seed, "test", ...testPeople);
  const people = [...calibrationPeople, ...testPeople];
  const labels = people.flatMap(() => Array.from({ length: 30 }, (_, i) => i % 3));
  const rowsOf = (size: number): Float32Array[] =>
    labels.map((label) =>
      Float32Array.from({ length: 3 }, (_, k) => (size + 1) * ((k === label ? 1.2 : 0) + random.normal())),
    );
  const prior = labels.map(() => Float32Array.from([-1, -1.1, -1.2]));
  const cut = 30 * calibrationPeople.length;
  const part = (from: number, to?: number) => ({
    windows: Int32Array.from(labels.keys())
      .slice(from, to)
      .map((i) => i + 100 * Number(testPeople[0])),
    subjects: people.flatMap((person) => new Array<string>(30).fill(person)).slice(from, to),
    labels: Int32Array.from(labels).slice(from, to),
  });
  const logits: KeptLogits = {
    key: `${seed}${testPeople.join("")}`,
    classes: ["sit", "walk", "run"],
    parts: { calibration: part(0, cut), test: part(cut) },
    subsets: sensors.map((present) => {
      const rows = present.length === 0 ? prior : rowsOf(present.length);
      return { present, calibration: rows.slice(0, cut), test: rows.slice(cut) };
    }),
  };
  const result = {
    ...{ key: logits.key, experiment: "loso-pamap2", profile: "full" as const, presetName: "late-mean-conv" },
    ...{ preset: presets["late-mean-conv"], seed, classes: ["sit", "walk", "run"] },
    data: { name: "test", hash: "0" },
    fold: { split, heldOut: testPeople.join(", ") },
  };
  return { result, logits };
}

const loso = [1, 2].flatMap((seed) => [
  runOf(seed, ["1"], ["9"]),
  runOf(seed, ["2"], ["8"]),
  runOf(seed, ["3"], ["7"]),
]);

test("the result has every set, correction, seed and person, the same bytes again, and no number too much", () => {
  const result = calibrationOfRuns(loso);
  assert.deepEqual(calibrationOfRuns(loso), result);
  assert.deepEqual(result.fittedOn, ["people kept for it"]);
  assert.deepEqual([...new Set(result.pooled.map(({ set }) => set))].sort(), [
    "hand",
    "hand+heart",
    "heart",
    "none",
  ]);
  const full = result.pooled.filter(({ set, seed }) => set === "hand+heart" && seed === 1);
  assert.deepEqual(full.map(({ correction }) => correction).sort(), [
    ...["histogram", "isotonic", "matrix", "none", "several people", "temperature"],
    ...["temperature of the modality", "temperature of the set", "vector"],
  ]);
  const people = result.subjects.filter(({ set, correction }) => set === "hand" && correction === "none");
  assert.deepEqual(
    people.map(({ subject, windows }) => [subject, windows]),
    [
      ["1", 60],
      ["2", 60],
      ["3", 60],
    ],
  );
  assert.equal(
    result.ensemble.find(({ set, correction }) => set === "hand" && correction === "none")!.members,
    2,
  );
  assert.ok(JSON.stringify(result).length < 100_000);
});

test("pooled scores without a correction are those of the logits, put one below the other", () => {
  const own = loso.filter(({ result }) => result.seed === 1);
  const rows = own.flatMap(({ logits }) => [...logits.subsets[3]!.test]);
  const labels = own.flatMap(({ logits }) => [...logits.parts.test.labels]);
  const wanted = calibrationScores(probabilitiesOf(classTable(rows)), labels);
  const got = calibrationOfRuns(loso).pooled.find(
    ({ set, correction, seed }) => set === "hand+heart" && correction === "none" && seed === 1,
  )!;
  for (const [name, value] of Object.entries(wanted))
    assert.ok(Math.abs(got.scores[name as keyof typeof wanted]! - value) < 1e-6, name);
});

test("a model that is too sure is cooled down by people who are neither trained on nor asked about", () => {
  const { temperatures, pooled } = calibrationOfRuns(loso);
  for (const { set, temperatures: fitted, correction, lossBefore, lossAfter } of temperatures)
    if (set === "hand+heart" && correction !== "temperature of the modality") {
      assert.ok(fitted["all"]! > 1, `${correction} ${fitted["all"]}`);
      assert.ok(lossAfter! < lossBefore!);
    }
  const loss = (correction: string): number =>
    pooled.find((row) => row.set === "hand+heart" && row.seed === 1 && row.correction === correction)!.scores
      .logLoss!;
  assert.ok(loss("temperature of the set") < loss("none") && loss("several people") < loss("none"));
});

test("where nobody is kept for calibration, each test person is asked by what the others gave; one alone by none", () => {
  const { fittedOn, fits } = calibrationFits(runOf(1, ["1", "2", "3"], []).logits, "fixed subjects");
  assert.equal(fittedOn, "other test people");
  assert.deepEqual(
    fits.map(({ fit, ask }) => [[...new Set(fit[3]!.subjects)], [...new Set(ask[3]!.subjects)]]),
    [
      [["2", "3"], ["1"]],
      [["1", "3"], ["2"]],
      [["1", "2"], ["3"]],
    ],
  );
  const alone = calibrationOfRuns([runOf(1, ["1"], [])]);
  assert.deepEqual(alone.fittedOn, ["nobody"]);
  assert.deepEqual([alone.temperatures, alone.conformal], [[], []]);
  assert.equal(
    calibrationFits(runOf(1, ["1"], ["9"], "random").logits, "random").fittedOn,
    "windows kept for it",
  );
});

test("other runs or other code make another key; runs of two presets are refused", () => {
  assert.notEqual(calibrationKey(["a"], "code"), calibrationKey(["b"], "code"));
  assert.notEqual(calibrationKey(["a"], "code"), calibrationKey(["a"], "other"));
  const [first, second] = loso as [LoggedRun, LoggedRun];
  const other = { ...second, result: { ...second.result, presetName: "early-conv" } };
  assert.throws(() => calibrationOfRuns([first, other]), {
    message:
      "calibrationOfRuns: expected runs of one preset, got [late-mean-conv, early-conv]; take one preset of one experiment",
  });
});

test("calibration is a study of each experiment that it names", () => {
  assert.deepEqual(studyNamed("calibration-utd-mhad").data, ["utd-mhad"]);
  assert.deepEqual(studyNamed("calibration-ensemble-simulated").data, []);
});
