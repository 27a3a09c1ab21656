import assert from "node:assert/strict";
import { test } from "node:test";
import { randomFor } from "fusion/dist/random";
import { blockedInTime } from "fusion/dist/data/blocked-in-time";
import { cutWindows } from "fusion/dist/data/cut-windows";
import { apportion } from "fusion/dist/data/draw";
import { makeFold } from "fusion/dist/data/make-fold";
import { randomSizes, randomWindows } from "fusion/dist/data/random-windows";
import { unsplittableClasses, wholeSegments } from "fusion/dist/data/whole-segments";
import { recording } from "./tiny";

test("random sizes are rounded as scikit-learn's train_test_split rounds them, called twice", () => {
  const sizes = (count: number): number[] => Object.values(randomSizes(count));
  assert.deepEqual(sizes(38_856), [27_199, 5_828, 0, 5_829]);
  assert.deepEqual(sizes(6_264), [4_384, 940, 0, 940]);
  // 10 · (1 - 0.7) is 3.0000000000000004 in binary, so that ceil makes 4 of it, in Python as here
  assert.deepEqual(sizes(10), [6, 2, 0, 2]);
  assert.deepEqual(Object.values(randomSizes(100, { train: 0.6, stop: 0.1, calibration: 0.1, test: 0.2 })), [60, 10, 10, 20]);
});

test("whole parts first, then one each for the largest remainders", () => {
  const random = randomFor(1, "test");
  for (let draw = 0; draw < 9; draw++) assert.deepEqual(apportion([3, 5, 2], 7, random), [2, 4, 1]); // 2.1, 3.5, 1.4
  assert.deepEqual(apportion([10, 20, 70], 10, random), [1, 2, 7]);
  assert.throws(() => apportion([1, 1], 3, random), { message: /expected at most 2 to draw, got 3/ });
});

test("a random split keeps each class in proportion in every part", () => {
  const segments = [[0, 160, 0], [160, 288, 1], [288, 320, 2]] as const;
  const windows = cutWindows([recording("1", segments)], { lengthSeconds: 1, strideSeconds: 1 });
  const [fold] = randomWindows(windows, { seed: 1, train: 0.75, stop: 0.125, test: 0.125 });
  const census = (part: Int32Array): number[] =>
    [0, 1, 2].map((id) => part.filter((w) => windows.targets[w] === id).length);
  assert.deepEqual([fold!.train, fold!.stop, fold!.test].map(census), [
    [120, 96, 24],
    [20, 16, 4],
    [20, 16, 4],
  ]);
});

test("fold k tests block k of each segment; gaps are taken from training", () => {
  // 12 windows of 2 s each second, in 3 blocks of 4; two windows share no sample if 2 s lie between their starts
  const windows = cutWindows([recording("1", [[0, 13, 0]])], { lengthSeconds: 2, strideSeconds: 1 });
  const fold = (gapSeconds: number | undefined, k: number): number[][] => {
    const { train, test: asked } = blockedInTime(windows, { seed: 1, blocks: 3, holdBack: false, ...(gapSeconds === undefined ? {} : { gapSeconds }) })[k]!;
    return [Array.from(train), Array.from(asked)];
  };
  assert.deepEqual(fold(0, 1), [[0, 1, 2, 9, 10, 11], [4, 5, 6, 7]]); // 3 and 8 share a second with 4 and 7
  assert.deepEqual(fold(1, 1), [[0, 1, 10, 11], [4, 5, 6, 7]]);
  assert.deepEqual(fold(undefined, 1), [[0, 11], [4, 5, 6, 7]]); // the length of a window: 2 s
});

test("blocks held back serve for stopping in one segment of a class and for calibration in the next", () => {
  const windows = cutWindows([recording("1", [[0, 12, 0], [20, 32, 0], [40, 42, 0]])], { lengthSeconds: 1, strideSeconds: 1 });
  for (const { train, stop, calibration, test: asked } of blockedInTime(windows, { seed: 1, blocks: 4, gapSeconds: 0 })) {
    assert.deepEqual([stop, calibration, asked].map((p) => p.length), [3, 3, 6]);
    assert.notEqual(windows.segment[stop[0]!], windows.segment[calibration[0]!]);
    assert.ok([24, 25].every((w) => train.includes(w)), "a segment of 2 windows has no 4 blocks and stays in training");
  }
});

test("a class with one segment stays in training and is named; training keeps a segment of every class", () => {
  const windows = cutWindows(
    [recording("1", [[0, 4, 0], [4, 8, 1], [8, 12, 1], [12, 16, 2]]), recording("2", [[0, 4, 2], [4, 8, 2], [8, 12, 2], [12, 16, 2]])],
    { lengthSeconds: 2, strideSeconds: 1 },
  );
  assert.deepEqual(unsplittableClasses(windows), ["class 0"]);
  for (const seed of [1, 2, 3, 4])
    for (const { train, test: asked, stop, missingClasses } of wholeSegments(windows, { seed, folds: 5 })) {
      const ids = (part: Int32Array): Set<number> => new Set(Array.from(part, (w) => windows.targets[w]!));
      assert.deepEqual([...ids(train)].sort(), [0, 1, 2]);
      assert.ok(!ids(asked).has(0));
      assert.equal(missingClasses.stop.includes("class 0"), stop.length > 0);
    }
});

test("a fold refuses overlapping and empty parts", () => {
  const windows = cutWindows([recording("1", [[0, 4, 0]])], { lengthSeconds: 1, strideSeconds: 1 });
  const name = { split: "mine", heldOut: "some" };
  assert.throws(() => makeFold(windows, name, { train: [0, 1], test: [1] }), {
    message: "mine: some: expected disjoint parts, got window 1 in train and test; name each once",
  });
  assert.throws(() => makeFold(windows, name, { train: [0] }), {
    message: "mine: some: expected windows in test, got none; load more data or hold less out",
  });
});

test("splits that are asked for too little say so", () => {
  const windows = cutWindows([recording("1", [[0, 4, 0]])], { lengthSeconds: 1, strideSeconds: 1 });
  assert.throws(() => blockedInTime(windows, { seed: 1, blocks: 2 }), { message: /^blockedInTime: expected 3 or more blocks, got 2; / });
  assert.throws(() => wholeSegments(windows, { seed: 1, folds: 1 }), { message: /^wholeSegments: expected 2 or more folds, got 1; / });
});
