/** What every split promises, whoever is held out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { blockedInTime } from "fusion/dist/data/blocked-in-time";
import type { Fold } from "fusion/dist/data/fold";
import { leakAudit } from "fusion/dist/data/leak-audit";
import { leaveOneSubjectOut } from "fusion/dist/data/leave-one-subject-out";
import { optimismFolds } from "fusion/dist/data/optimism-folds";
import { randomWindows } from "fusion/dist/data/random-windows";
import { classesIn } from "fusion/dist/data/strata";
import { wholeSegments } from "fusion/dist/data/whole-segments";
import type { Windows } from "fusion/dist/data/windows";
import { shareTime, someWindows } from "./some-windows";

/** Each with what its test windows may have in common with any other part. */
const splits: Record<string, { make: (windows: Windows, seed: number) => Fold[]; common: "samples" | "segment" | "subject" | "nothing" }> = {
  randomWindows: { make: (w, seed) => randomWindows(w, { seed }), common: "samples" },
  blockedInTime: { make: (w, seed) => blockedInTime(w, { seed, blocks: 4, gapSeconds: 0, classes: [] }), common: "segment" },
  wholeSegments: { make: (w, seed) => wholeSegments(w, { seed, folds: 4 }), common: "subject" },
  leaveOneSubjectOut: { make: (w, seed) => leaveOneSubjectOut(w, { seed }), common: "nothing" },
};

for (const [name, { make, common }] of Object.entries(splits)) {
  test(`${name}: parts are sorted and disjoint, training has every class, the audit finds no more than ${common}`, () => {
    fc.assert(
      fc.property(someWindows, fc.nat(99), (windows, seed) => {
        fc.pre(windows.count > 40);
        let folds: Fold[];
        try {
          folds = make(windows, seed);
        } catch (error) {
          // a data set so small that a part is empty is refused in words
          assert.match((error as Error).message, /expected windows in (train|test), got none; /);
          return;
        }
        for (const fold of folds) {
          const parts = [fold.train, fold.stop, fold.calibration, fold.test];
          const all = parts.flatMap((part) => Array.from(part));
          assert.equal(new Set(all).size, all.length);
          for (const part of parts) assert.deepEqual(part, Int32Array.from(part).sort());
          if (name !== "blockedInTime") assert.equal(classesIn(windows, fold.train).size, 3);
          const { train, stop, calibration } = leakAudit(windows, fold);
          for (const audit of [train, stop, calibration]) {
            if (common !== "samples") assert.equal(audit.samples.windows, 0);
            if (common === "subject" || common === "nothing") assert.equal(audit.segment.windows, 0);
            if (common === "nothing") assert.equal(audit.subject.windows, 0);
          }
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  test(`${name}: one seed, one split`, () => {
    const [windows] = fc.sample(someWindows.filter((w) => w.count > 150), { seed: 2, numRuns: 1 }) as [Windows];
    assert.deepEqual(make(windows, 7), make(windows, 7));
    assert.notDeepEqual(make(windows, 7), make(windows, 8));
  });
}

test("where a fold is tested by turns, each window of a long enough segment is asked once", () => {
  const [windows] = fc.sample(someWindows.filter((w) => w.count > 150), { seed: 2, numRuns: 1 }) as [Windows];
  for (const folds of [
    splits["blockedInTime"]!.make(windows, 1),
    splits["wholeSegments"]!.make(windows, 1),
    splits["leaveOneSubjectOut"]!.make(windows, 1),
  ]) {
    const asked = folds.flatMap((fold) => Array.from(fold.test));
    assert.equal(new Set(asked).size, asked.length);
  }
  const asked = splits["leaveOneSubjectOut"]!.make(windows, 1).flatMap((fold) => Array.from(fold.test));
  assert.equal(asked.length, windows.count);
});

test("blocked parts keep the gap that was asked for", () => {
  fc.assert(
    fc.property(someWindows, fc.integer({ min: 0, max: 6 }), (windows, gapSeconds) => {
      fc.pre(windows.count > 100);
      let folds: Fold[] = [];
      try {
        folds = blockedInTime(windows, { seed: 1, blocks: 3, gapSeconds, classes: [] });
      } catch (error) {
        assert.match((error as Error).message, /expected windows in train, got none; /);
      }
      for (const { train, stop, calibration, test: asked } of folds)
        for (const [a, b] of [[train, asked], [stop, asked], [calibration, asked], [train, stop], [train, calibration]] as const)
          for (const i of a)
            for (const j of b) {
              if (windows.segment[i] !== windows.segment[j]) continue;
              const between = Math.abs(windows.startSeconds[i]! - windows.startSeconds[j]!) - windows.lengthSeconds;
              assert.ok(between >= gapSeconds, `${between} s`);
            }
    }),
    { seed: 1, numRuns: 40 },
  );
});

test("the three arms of the optimism experiment ask the same windows and learn from equally many of each class", () => {
  fc.assert(
    fc.property(someWindows, fc.nat(99), (windows, seed) => {
      fc.pre(windows.lengthSeconds >= windows.strideSeconds && windows.lengthSeconds < 4);
      const folds = optimismFolds(windows, { seed, gapSeconds: 0 });
      assert.equal(folds.length, 3 * new Set(windows.subject).size);
      for (let f = 0; f < folds.length; f += 3) {
        const arms = folds.slice(f, f + 3);
        assert.deepEqual(arms.map((a) => a.split), ["random", "blocked", "leave-one-subject-out"]);
        const census = arms.map(({ train }) => [0, 1, 2].map((id) => train.filter((w) => windows.targets[w] === id).length));
        for (const [i, arm] of arms.entries()) {
          assert.deepEqual(arm.test, arms[0]!.test);
          assert.deepEqual(census[i], census[0]);
          assert.ok(arm.test.every((w) => windows.subject[w] === arm.heldOut));
        }
        const [, blocked, loso] = arms.map((arm) => leakAudit(windows, arm).train);
        assert.equal(blocked!.samples.windows, 0);
        assert.equal(loso!.subject.windows, 0);
        assert.ok(arms[1]!.train.every((i) => !arms[1]!.test.some((j) => shareTime(windows, i, j))));
      }
    }),
    { seed: 1, numRuns: 30 },
  );
});
