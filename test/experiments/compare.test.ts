import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, type Result, subjectScores, subsetRows, verdictOf } from "fusion";

const sets = [[], ["hand"], ["heart"], ["hand", "heart"]];

/** Only what comparisons read; accuracies by set. */
const result = (presetName: string, subject: string, seed: number, accuracies: readonly number[]): Result =>
  ({
    ...{ presetName, seed, preset: { modalities: ["hand", "heart"] }, majorityAccuracy: 0.3 },
    fold: { split: "loso", heldOut: subject },
    subjects: [{ subject, accuracy: accuracies[3], macroF1: accuracies[3] }],
    subsets: sets.map((present, i) => ({
      present,
      subjects: [
        {
          ...{ subject, windows: 10, accuracy: accuracies[i], macroF1: accuracies[i] },
          ...{ negativeLogLikelihood: 2 - accuracies[i]!, ece: 1 - accuracies[i]! },
        },
      ],
    })),
  }) as unknown as Result;

const people = ["1", "2", "3", "4", "5", "6"];
const early = people.map((person) => result("early", person, 1, [0.3, 0.6, 0.4, 0.7]));
const late = people.map((person, i) => result("late", person, 1, [0.3, 0.5, 0.4, 0.8 + i / 100]));
const near = (got: number, wanted: number): void => assert.ok(Math.abs(got - wanted) < 1e-12, `${got}`);

test("a difference is taken person by person, with its interval, its test and a verdict", () => {
  const found = compare([...early, ...late], "late", "early", "accuracy");
  near(found.mean, 0.125);
  assert.ok(found.lower >= 0.1 && found.lower < found.upper && found.upper <= 0.15);
  assert.deepEqual([found.subjects, found.seeds, found.p, found.verdict], [6, 1, 2 / 64, "better"]);
  assert.deepEqual(
    found.each.map(({ subject }) => subject),
    people,
  );
  assert.equal(compare([...early, ...late], "early", "late", "accuracy").verdict, "worse");
  // a likelihood and a calibration error should be low
  assert.equal(compare([...early, ...late], "late", "early", "negativeLogLikelihood").verdict, "better");
  assert.equal(compare([...early, ...late], "early", "late", "ece").verdict, "worse");
});

test("two seeds of a person are one opinion", () => {
  const again = people.map((person) => result("late", person, 2, [0.3, 0.5, 0.4, 0.6]));
  const earlyAgain = people.map((person) => result("early", person, 2, [0.3, 0.6, 0.4, 0.7]));
  const found = compare([...early, ...late, ...again, ...earlyAgain], "late", "early", "accuracy");
  near(found.each[0]!.difference, 0);
  assert.deepEqual([found.subjects, found.seeds], [6, 2]);
});

test("an arm may have some of its sensors left, and may be compared with itself", () => {
  const present = ["hand"];
  near(compare(early, { preset: "early", present }, "early", "accuracy").mean, -0.1);
  const all = [...early, ...late];
  near(compare(all, { preset: "late", present }, { preset: "early", present }, "accuracy").mean, -0.1);
  // one left: (0.6 + 0.4) / 2 against (0.5 + 0.4) / 2
  const one = compare(all, { preset: "early", left: 1 }, { preset: "late", left: 1 }, "accuracy");
  near(one.mean, 0.05);
  assert.deepEqual([one.first, one.subjects, one.verdict], ["early with 1 left", 6, "better"]);
  assert.throws(() => compare(all, { preset: "late", present: ["ankle"] }, "early", "accuracy"), {
    message:
      "compare: expected results of late with ankle, got none of [early, late]; name a preset and its sensors in its order, or run: npm run results",
  });
});

test("other folds or seeds are no comparison", () => {
  const partly = [...early, ...late.slice(1)];
  assert.throws(() => compare(partly, "late", "early", "accuracy"), {
    message:
      'compare: expected the same folds and seeds, got "nothing more" of late alone and "loso 1, seed 1, 10 windows" of early alone; finish the experiment: npm run results',
  });
  assert.throws(
    () => compare([...early, ...early, ...late], "early", "late", "accuracy"),
    /got 12 of 6 under/,
  );
  assert.throws(
    () => compare(partly, "late", "early", "accuracy", { otherWindows: true }),
    /got "nothing more" of late alone and "loso 1, seed 1" of early alone/,
  );
});

test("windows of another length may be as many as they like, if one says so", () => {
  const shorter = late.map(({ subsets, ...rest }) => ({
    ...rest,
    subsets: subsets.map((set) => ({
      ...set,
      subjects: set.subjects.map((one) => ({ ...one, windows: 12 })),
    })),
  })) as unknown as Result[];
  assert.throws(
    () => compare([...early, ...shorter], "late", "early", "accuracy"),
    /"loso 1, seed 1, 12 windows"/,
  );
  near(compare([...early, ...shorter], "late", "early", "accuracy", { otherWindows: true }).mean, 0.125);
});

test("eight people often leave it undecided, and five always", () => {
  assert.equal(verdictOf("accuracy", 0.001, 0.1), "better");
  assert.equal(verdictOf("accuracy", -0.019, 0.1), "not worse by more than 2 points");
  assert.equal(verdictOf("accuracy", -0.021, 0.1), "undecided");
  assert.equal(verdictOf("accuracy", -0.1, -0.01), "worse");
  assert.equal(verdictOf("ece", -0.1, 0.019), "not worse by more than 2 points");
  assert.equal(verdictOf("negativeLogLikelihood", -0.1, 0.019), "undecided", "nats are no points");
  const one = compare([early[0]!, late[0]!], "late", "early", "accuracy");
  assert.deepEqual([one.verdict, one.p], ["undecided", 1]);
  const five = compare([...early.slice(1), ...late.slice(1)], "late", "early", "accuracy");
  assert.deepEqual([five.verdict, five.p, five.lower > 0], ["undecided", 2 / 32, true]);
});

test("subsetRows has a row for each set, and knows which is the full one", () => {
  const rows = subsetRows([early[0]!]);
  assert.deepEqual(
    rows.map(({ set, sensors, isFull, accuracy }) => [set, sensors, isFull, accuracy]),
    [
      ["none", 0, false, 0.3],
      ["hand", 1, false, 0.6],
      ["heart", 1, false, 0.4],
      ["hand+heart", 2, true, 0.7],
    ],
  );
  const [score] = subjectScores([late[1]!], "ece");
  near(score!.score, 1 - 0.81);
  assert.equal(score!.floor, 0.3);
});
