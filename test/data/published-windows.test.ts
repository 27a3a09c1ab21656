import assert from "node:assert/strict";
import { test } from "node:test";
import { gather } from "fusion/dist/data/gather";
import { publishedWindows } from "fusion/dist/data/published-windows";
import { windowsLost } from "fusion/dist/data/windows-lost";
import { recording, sequence } from "./tiny";

test("1,942,872 stacked rows make 38,856 windows of 100 every 50", () => {
  const rows = 1_942_872;
  const modalities = { a: sequence(Array.from({ length: rows }, () => 0), 1) };
  const windows = publishedWindows([recording("1", [[0, rows, 0]], { modalities })]);
  assert.equal(windows.count, 38_856);
  assert.equal(windows.tracks["a"]!.offset.at(-1)! + 100 <= rows, true);
});

test("rows are stacked across segments and subjects, and the windows that cross are counted", () => {
  const count = (from: number, length: number): ReturnType<typeof sequence> =>
    sequence(Array.from({ length }, (_, i) => from + i), 1);
  const first = recording("1", [[0, 5, 0], [7, 10, 1]], { modalities: { a: count(0, 10) } });
  const second = recording("2", [[1, 5, 1]], { modalities: { a: count(100, 5) } });
  const windows = publishedWindows([first, second], { length: 4, stride: 2 });
  assert.deepEqual(Array.from(gather(windows, "a", [0, 1, 2, 3, 4]).values), [
    ...[0, 1, 2, 3],
    ...[2, 3, 4, 7], // 5 and 6 have no label, so 7 follows 4
    ...[4, 7, 8, 9],
    ...[8, 9, 101, 102], // another person's
    ...[101, 102, 103, 104],
  ]);
  assert.deepEqual(Array.from(windows.targets), [0, 0, 1, 1, 1]); // the commonest of each window's rows
  assert.deepEqual(Array.from(windows.crossesSegment), [0, 1, 1, 1, 0]);
  assert.deepEqual(Array.from(windows.crossesSubject), [0, 0, 0, 1, 0]);
  assert.deepEqual(windows.subject, ["1", "1", "1", "1", "2"]);
});

test("of two labels that are equally common a window takes the smaller, as scipy's mode does", () => {
  const windows = publishedWindows([recording("1", [[0, 2, 1], [2, 4, 0]])], { length: 4, stride: 2 });
  assert.deepEqual(Array.from(windows.targets), [0]);
});

test("a slower modality is NaN between its samples, so that every window loses it", () => {
  const fast = sequence(Array.from({ length: 12 }, (_, i) => i), 10);
  const heart = sequence([60, 61, 62], 2, [0, 0.5, 1]);
  const windows = publishedWindows([recording("1", [[0, 1.2, 0]], { modalities: { fast, heart } })], { length: 6, stride: 3 });
  assert.deepEqual(Array.from(windows.tracks["heart"]!.values), [60, NaN, NaN, NaN, NaN, 61, NaN, NaN, NaN, NaN, 62, NaN]);
  assert.deepEqual(windowsLost(windows), { windows: 3, each: { fast: 0, heart: 3 }, any: 3, all: 0 });
});

test("windows lost are counted by modality, in any and in all", () => {
  const a = sequence([1, 1, NaN, 1, NaN, 1], 1);
  const b = sequence([1, 1, 1, NaN, 1, 1], 1);
  const windows = publishedWindows([recording("1", [[0, 6, 0]], { modalities: { a, b } })], { length: 2, stride: 2 });
  assert.deepEqual(windowsLost(windows), { windows: 3, each: { a: 2, b: 1 }, any: 2, all: 1 });
  assert.throws(() => windowsLost(windows, ["heart"]), { message: /^windowsLost: expected sequences among \[a, b\], got heart; / });
});
