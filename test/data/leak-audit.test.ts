import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cutWindows } from "fusion/dist/data/cut-windows";
import type { Fold } from "fusion/dist/data/fold";
import { leakAudit, refuseLeak } from "fusion/dist/data/leak-audit";
import { randomWindows } from "fusion/dist/data/random-windows";
import { shareSample, shareTime, someWindows } from "./some-windows";
import { recording } from "./tiny";

const fold = (parts: Partial<Record<"train" | "stop" | "calibration" | "test", number[]>>): Fold => ({
  split: "by hand",
  heldOut: "some",
  train: Int32Array.from(parts.train ?? []),
  stop: Int32Array.from(parts.stop ?? []),
  calibration: Int32Array.from(parts.calibration ?? []),
  test: Int32Array.from(parts.test ?? []),
  missingClasses: { stop: [], calibration: [] },
});

test("the audit tells common samples from a common segment and a common subject", () => {
  // windows of 4 s every 2 s: 0 to 3 in segment 0 (starts 0, 2, 4, 6), 4 in segment 1, 5 of subject 2
  const windows = cutWindows([recording("1", [[0, 10, 0], [10, 14, 0]]), recording("2", [[0, 4, 0]])], { lengthSeconds: 4, strideSeconds: 2 });
  const audit = leakAudit(windows, fold({ train: [0], stop: [3], test: [1, 2, 4, 5] }));
  assert.deepEqual(audit.train.samples, { windows: 1, share: 0.25 }); // window 1 overlaps window 0
  assert.deepEqual(audit.train.segment, { windows: 2, share: 0.5 }); // and 2 is of its segment
  assert.deepEqual(audit.train.subject, { windows: 3, share: 0.75 }); // and 4 of its subject
  assert.deepEqual(audit.stop.samples, { windows: 1, share: 0.25 }); // 2 overlaps 3
  assert.deepEqual(audit.calibration.subject, { windows: 0, share: 0 });
  assert.deepEqual([audit.testWindows, audit.leaking], [4, { windows: 2, share: 0.5 }]);
});

test("the audit agrees with comparing every sample of every pair of windows", () => {
  fc.assert(
    fc.property(someWindows, fc.infiniteStream(fc.integer({ min: 0, max: 4 })), (windows, roles) => {
      const parts: number[][] = [[], [], [], [], []];
      for (let w = 0; w < windows.count; w++) parts[roles.next().value as number]!.push(w);
      const [train, stop, calibration, asked] = parts as [number[], number[], number[], number[]];
      const audit = leakAudit(windows, fold({ train, stop, calibration, test: asked }));
      const slow = (part: number[], common: (i: number, j: number) => boolean): number =>
        asked.filter((i) => part.some((j) => common(i, j))).length;
      for (const [name, part] of Object.entries({ train, stop, calibration }) as ["train", number[]][]) {
        assert.equal(audit[name].samples.windows, slow(part, (i, j) => shareSample(windows, i, j)));
        assert.equal(audit[name].samples.windows, slow(part, (i, j) => shareTime(windows, i, j)));
        assert.equal(audit[name].segment.windows, slow(part, (i, j) => windows.segment[i] === windows.segment[j]));
        assert.equal(audit[name].subject.windows, slow(part, (i, j) => windows.subject[i] === windows.subject[j]));
      }
      assert.equal(audit.leaking.windows, slow([...train, ...stop, ...calibration], (i, j) => shareSample(windows, i, j)));
    }),
    { seed: 1, numRuns: 40 },
  );
});

test("half overlapping windows split 70 / 15 / 15 share samples with training in 1 - 0.3² = 91 % of the test", () => {
  const windows = cutWindows([recording("1", [[0, 50_001, 0]])], { lengthSeconds: 2, strideSeconds: 1 });
  const audit = leakAudit(windows, randomWindows(windows, { seed: 42 })[0]!);
  // each of 7,500 tests has two neighbours: binomial deviation of the share √(.91 · .09 / 7500) = 0.0033
  assert.ok(Math.abs(audit.train.samples.share - 0.91) < 4 * 0.0033, `${audit.train.samples.share}`);
});

test("a split that leaks is refused unless that is the point", () => {
  const leaking = { windows: 3120, share: 0.5 };
  assert.throws(() => refuseLeak({ leaking }), {
    message: "fit: expected folds without common samples, got 3,120 shared windows; split by subject, or pass allowLeak",
  });
  refuseLeak({ leaking }, true);
  refuseLeak({ leaking: { windows: 0, share: 0 } });
});
