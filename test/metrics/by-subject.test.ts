import assert from "node:assert/strict";
import { test } from "node:test";
import { majorityRate, scoresBySubject } from "fusion/dist/metrics/by-subject";

test("each subject is scored over its own classes, and all windows together once more", () => {
  const subject = ["b", "a", "b", "b", "a"];
  const { subjects, pooled } = scoresBySubject(subject, [0, 1, 0, 1, 1], [0, 1, 1, 1, 0], 3);
  // b: truth 0 0 1, said 0 1 1: F1 2/3 and 2/3. a: truth 1 1, said 1 0: F1 of class 1 is 2/3, class 0 is not a's
  assert.deepEqual(
    subjects.map((s) => [s.subject, s.windows, s.accuracy, s.macroF1]),
    [
      ["b", 3, 2 / 3, 2 / 3],
      ["a", 2, 1 / 2, 2 / 3],
    ],
  );
  assert.equal(subjects[1]!.macroF1TruthOrPrediction, 1 / 3);
  // pooled: [[1, 1], [1, 2]]: F1 of class 0 is 1 / 2, of class 1 2 · 2 / (3 + 3)
  assert.deepEqual(pooled.confusion, [
    [1, 1, 0],
    [1, 2, 0],
    [0, 0, 0],
  ]);
  assert.equal(pooled.accuracy, 3 / 5);
  assert.equal(pooled.macroF1, (1 / 2 + 2 / 3) / 2);
});

test("the floor is the training's commonest class, whatever is common in the test", () => {
  assert.equal(majorityRate([1, 1, 0], [0, 0, 0, 1]), 1 / 4);
  assert.equal(majorityRate([2, 2, 0, 0], [0, 2, 2, 2]), 1 / 4); // of equals the first
});

test("subjects must come from the same windows", () => {
  assert.throws(() => scoresBySubject(["a"], [0, 1], [0, 1], 2), {
    message: /expected a subject for each of 2 windows, got 1/,
  });
});
