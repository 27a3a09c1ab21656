import assert from "node:assert/strict";
import { test } from "node:test";
import { cutWindows } from "fusion/dist/data/cut-windows";
import type { Fold, Part } from "fusion/dist/data/fold";
import { fixedSubjects } from "fusion/dist/data/fixed-subjects";
import { leaveOneSubjectOut } from "fusion/dist/data/leave-one-subject-out";
import type { Windows } from "fusion/dist/data/windows";
import { recording } from "./tiny";

/** One window for each subject and class that it did; classes "class 0", ... */
function of(subjects: Readonly<Record<string, readonly number[]>>): Windows {
  const space = { kind: "class", classes: ["class 0", "class 1", "class 2"] } as const;
  const recordings = Object.entries(subjects).map(([subject, ids]) =>
    recording(subject, ids.map((id, i) => [2 * i, 2 * i + 2, id] as const), { space }),
  );
  return cutWindows(recordings, { lengthSeconds: 2, strideSeconds: 2 });
}
const who = (windows: Windows, fold: Fold, part: Part): string =>
  [...new Set(Array.from(fold[part], (w) => windows.subject[w]!))].join();

const all = [0, 1, 2];
const windows = of({ a: all, b: all, c: [0, 1], d: all, e: [0], f: all });

test("each subject is held out once, in the order in which they appear, and two others are held back", () => {
  const folds = leaveOneSubjectOut(windows, { seed: 1 });
  assert.deepEqual(folds.map((f) => f.heldOut), ["a", "b", "c", "d", "e", "f"]);
  for (const fold of folds) {
    assert.equal(who(windows, fold, "test"), fold.heldOut);
    assert.equal(who(windows, fold, "stop").length, 1);
    assert.equal(who(windows, fold, "calibration").length, 1);
    assert.equal(who(windows, fold, "train").length, 5); // three letters and two commas
  }
});

test("the subjects held back leave every class to two in training, and what they lack is listed", () => {
  // without a, class 2 is known to b, d, f: one of them at most may go, and c lacks less than e
  const [fold] = leaveOneSubjectOut(windows, { seed: 1 });
  const held = [who(windows, fold!, "stop"), who(windows, fold!, "calibration")];
  assert.ok(held.includes("c") && held.some((s) => "bdf".includes(s)), held.join());
  const missing = held.map((s) => (s === "c" ? ["class 2"] : []));
  assert.deepEqual([fold!.missingClasses.stop, fold!.missingClasses.calibration], missing);
});

test("the last subject who knows a class is never held back", () => {
  const two = of({ a: all, b: all, c: [0, 1], d: [0, 1], e: [0, 1] });
  const [withoutA, withoutB] = leaveOneSubjectOut(two, { seed: 1 });
  assert.ok(who(two, withoutA!, "train").includes("b") && who(two, withoutB!, "train").includes("a"));
  assert.deepEqual(withoutA!.missingClasses, { stop: ["class 2"], calibration: ["class 2"] });
});

test("another seed holds others back, the same seed the same", () => {
  const chosen = (seed: number): string[] =>
    leaveOneSubjectOut(windows, { seed }).map((f) => who(windows, f, "stop") + who(windows, f, "calibration"));
  assert.deepEqual(chosen(1), chosen(1));
  assert.ok([2, 3, 4, 5].some((seed) => chosen(seed).join() !== chosen(1).join()));
});

test("an excluded subject takes no part", () => {
  const folds = leaveOneSubjectOut(windows, { seed: 1, exclude: ["e"], holdBack: false });
  assert.deepEqual(folds.map((f) => f.heldOut), ["a", "b", "c", "d", "f"]);
  for (const fold of folds) {
    assert.ok(!(who(windows, fold, "train") + who(windows, fold, "test")).includes("e"));
    assert.deepEqual([fold.stop.length, fold.calibration.length], [0, 0]);
  }
  assert.throws(() => leaveOneSubjectOut(windows, { seed: 1, exclude: ["x"] }), {
    message: "subjectsOf: expected to exclude some of [a, b, c, d, e, f], got x; correct exclude",
  });
});

test("a class that training lacks is refused by name, unless the caller does without it", () => {
  const rare = of({ a: all, b: [0, 1], c: [0, 1], d: [0, 1], e: [0, 1] });
  assert.throws(() => leaveOneSubjectOut(rare, { seed: 1 }), {
    message:
      "leave-one-subject-out: a: expected every class in training, got none of [class 2]; load more subjects, or name the classes that are there",
  });
  assert.equal(leaveOneSubjectOut(rare, { seed: 1, classes: ["class 0", "class 1"] }).length, 5);
});

test("too few subjects are refused", () => {
  const few = of({ a: all, b: all, c: all });
  assert.throws(() => leaveOneSubjectOut(few, { seed: 1 }), {
    message:
      "leaveOneSubjectOut: expected 4 or more subjects, got [a, b, c]; load more files, or pass holdBack: false",
  });
  assert.equal(leaveOneSubjectOut(few, { seed: 1, holdBack: false }).length, 3);
});

test("named subjects go where they are told, the rest to training", () => {
  const [fold] = fixedSubjects(windows, { stop: ["c"], test: ["a", "f"] });
  assert.deepEqual([fold!.heldOut, fold!.split], ["a, f", "fixed subjects"]);
  assert.deepEqual([who(windows, fold!, "train"), who(windows, fold!, "stop")], ["b,d,e", "c"]);
  assert.deepEqual(fold!.missingClasses, { stop: ["class 2"], calibration: [] });
});

test("fixedSubjects refuses a subject in two parts or unknown", () => {
  assert.throws(() => fixedSubjects(windows, { stop: ["a"], test: ["a"] }), { message: /got a twice; correct the lists/ });
  assert.throws(() => fixedSubjects(windows, { test: ["x"] }), { message: /got x unknown; correct the lists/ });
});
