/** Golden numbers on the part of PAMAP2 that is at hand; no real row is in this project. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { cutWindows } from "fusion/dist/data/cut-windows";
import { leakAudit } from "fusion/dist/data/leak-audit";
import { leaveOneSubjectOut } from "fusion/dist/data/leave-one-subject-out";
import { optimismFolds } from "fusion/dist/data/optimism-folds";
import { readPamap2 } from "fusion/dist/data/pamap2";
import { publishedWindows } from "fusion/dist/data/published-windows";
import { randomWindows } from "fusion/dist/data/random-windows";
import type { Recording } from "fusion/dist/data/recording";
import type { Windows } from "fusion/dist/data/windows";
import { windowsLost } from "fusion/dist/data/windows-lost";

const folder = join(process.env["FUSION_DATA"] ?? "../shared/data", "pamap2");
const skip = existsSync(folder) ? false : `no PAMAP2 in ${folder}; set FUSION_DATA to the folder that holds it`;

describe("PAMAP2, published", { skip }, () => {
  let recordings: Recording[];
  let windows: ReturnType<typeof publishedWindows>;
  before(async () => {
    const sensors = ["temperature", "acc16", "acc6", "gyro", "mag", "orientation"] as const;
    recordings = await readPamap2(folder, { sensors, activities: [2, 5, 12, 13, 24] });
    windows = publishedWindows(recordings);
  });

  test("313,265 rows make 6,264 windows, split 4,384 / 940 / 940", () => {
    assert.equal(windows.tracks["hand"]!.values.length / 17, 313_265);
    assert.equal(windows.count, 6_264);
    const [fold] = randomWindows(windows, { seed: 42 });
    assert.deepEqual([fold!.train.length, fold!.stop.length, fold!.test.length], [4_384, 940, 940]);
    // binomial deviation of the share √(.91 · .09 / 940) = 0.0093
    const { train, leaking } = leakAudit(windows, fold!);
    assert.ok(Math.abs(train.samples.share - 0.91) < 4 * 0.0093, `${train.samples.share}`);
    assert.ok(leaking.share > train.samples.share);
    assert.equal(train.subject.share, 1);
  });

  test("any NaN loses 13.8 % of the windows of the hand, 4.4 % of the chest, 16.1 % of the ankle", () => {
    const { each, any, all } = windowsLost(windows, ["hand", "chest", "ankle"]);
    assert.deepEqual([each, any, all], [{ hand: 865, chest: 277, ankle: 1009 }, 1455, 71]);
  });

  test("83 windows cross a segment and 15 a subject: 8 borders between subjects, two windows over most", () => {
    const sum = (flags: Uint8Array): number => flags.reduce((a, b) => a + b, 0);
    assert.deepEqual([sum(windows.crossesSegment), sum(windows.crossesSubject)], [83, 15]);
  });

  test("windowed by subject and activity instead, 27 parts give 6,224 windows", () => {
    const census = new Map<number, number>();
    const imus = ["hand", "chest", "ankle"];
    const lost = { hand: 0, chest: 0, ankle: 0, any: 0, all: 0 };
    let parts = 0;
    for (const recording of recordings)
      for (const id of new Set(recording.segments.map((s) => s.target[0]!))) {
        const segments = recording.segments.filter((s) => s.target[0] === id);
        const part = publishedWindows([{ ...recording, segments }]);
        const { each, any, all } = windowsLost(part, imus);
        for (const [key, n] of Object.entries({ ...each, any, all })) lost[key as keyof typeof lost] += n;
        census.set(id, (census.get(id) ?? 0) + part.count);
        parts++;
      }
    assert.equal(parts, 27);
    const byLabel = [...census].sort(([a], [b]) => a - b).map(([, n]) => n);
    assert.deepEqual(byLabel, [244, 584, 2330, 2087, 979]);
    const percent = Object.entries(lost).map(([key, n]) => [key, ((100 * n) / 6224).toFixed(1)]);
    assert.deepEqual(Object.fromEntries(percent), { hand: "13.8", chest: "4.5", ankle: "16.2", any: "23.4", all: "1.1" });
  });
});

describe("PAMAP2, corrected", { skip }, () => {
  let windows: Windows;
  before(async () => {
    const subjects = ["101", "102", "103", "104", "105", "106", "107", "108"];
    const recordings = await readPamap2(folder, { activities: [5, 12, 13, 24], heartRateHz: 9, subjects });
    windows = cutWindows(recordings, { lengthSeconds: 5.12, strideSeconds: 1 });
  });

  test("eight folds, none of which shares a sample, a segment or a subject", () => {
    const folds = leaveOneSubjectOut(windows, { seed: 1 });
    assert.deepEqual(folds.map((f) => f.heldOut), ["101", "102", "103", "104", "105", "106", "107", "108"]);
    for (const fold of folds) {
      const { train, stop, calibration } = leakAudit(windows, fold);
      for (const { subject } of [train, stop, calibration]) assert.equal(subject.windows, 0);
    }
  });

  test("of the three arms, random shares samples, blocked the recording, leave-one-subject-out nothing", () => {
    for (const fold of optimismFolds(windows, { seed: 1 })) {
      const { samples, segment, subject } = leakAudit(windows, fold).train;
      const shares = [samples.share > 0.9, samples.windows === 0, segment.share > 0.9, subject.share];
      const expected: Record<string, unknown[]> = {
        random: [true, false, true, 1],
        blocked: [false, true, true, 1],
        "leave-one-subject-out": [false, true, false, 0],
      };
      assert.deepEqual(shares, expected[fold.split], `${fold.heldOut}, ${fold.split}`);
    }
  });
});
