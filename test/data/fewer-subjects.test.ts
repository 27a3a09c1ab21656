import assert from "node:assert/strict";
import { test } from "node:test";
import { fewerSubjects } from "fusion/dist/data/fewer-subjects";
import { leaveOneSubjectOut } from "fusion/dist/data/leave-one-subject-out";
import type { Windows } from "fusion/dist/data/windows";
import { problemWindows } from "../train/problem";

const windows = problemWindows(["a", "b", "c", "d", "e", "f"]);
const folds = leaveOneSubjectOut(windows, { seed: 1, holdBack: false });
const who = (w: Windows, part: Int32Array): string => [...new Set(Array.from(part, (i) => w.subject[i]!))].join("");

test("fewer people are among more, all else stays, and another seed or fold draws others", () => {
  for (const fold of folds) {
    const chosen = [1, 2, 3, 4, 5].map((n) => fewerSubjects(windows, fold, n, 1));
    chosen.forEach(({ train, test: asked }, i) => {
      assert.equal(who(windows, train).length, i + 1);
      assert.deepEqual(asked, fold.test);
      if (i > 0) assert.ok(chosen[i - 1]!.train.every((w) => train.includes(w)));
    });
    assert.deepEqual(chosen[4], fold);
    assert.deepEqual(fewerSubjects(windows, fold, 2, 1), chosen[1]);
  }
  const first = (seed: number) => folds.map((fold) => who(windows, fewerSubjects(windows, fold, 1, seed).train)).join();
  assert.ok(new Set([1, 2, 3].map(first)).size > 1);
});

test("those who bring classes that are lacking come first; what nobody brings is named", () => {
  // b alone did class 2, and only class 2
  const keep = Array.from({ length: windows.count }, (_, i) => i).filter((i) =>
    windows.subject[i] === "b" ? windows.targets[i] === 2 : windows.targets[i] !== 2,
  );
  const fold = { ...folds[0]!, train: folds[0]!.train.filter((i) => keep.includes(i)) };
  const two = who(windows, fewerSubjects(windows, fold, 2, 1).train);
  assert.ok(two.includes("b") && two.length === 2, two);
  assert.throws(
    () => fewerSubjects(windows, fold, 1, 1),
    /leave-one-subject-out: a: expected every class in training, got none of \[fast\]/,
  );
  assert.throws(() => fewerSubjects(windows, folds[0]!, 6, 1), {
    message: "fewerSubjects: expected 1 to 5 of the training subjects of a, got 6; hold fewer people back",
  });
});
