import assert from "node:assert/strict";
import { test } from "node:test";
import { type AlignmentName, alignments } from "fusion/dist/data/alignment-registry";
import { gatherBatch } from "fusion/dist/data/gather-batch";
import type { Recording, Sequence } from "fusion/dist/data/recording";
import { rowsLeftOf } from "fusion/dist/data/row-deletion";
import type { SequenceTrack } from "fusion/dist/data/windows";

const sequence = (rateHz: number, seconds: number[], values: number[]): Sequence => ({
  ...{ kind: "sequence", channels: [{ name: "x", unit: "1" }], rateHz },
  seconds: Float64Array.from(seconds),
  values: Float32Array.from(values),
});
const count = (length: number): number[] => Array.from({ length }, (_, i) => i);

/** Eight seconds: "fast" at 4 Hz counts its samples and lacks sample 9, "slow" at 1 Hz measures 100, 101, ... */
const recording: Recording = {
  ...{ dataset: "two clocks", subject: "s", session: "s.dat", space: { kind: "class", classes: ["one"] } },
  modalities: {
    fast: sequence(
      4,
      count(32).map((i) => i / 4),
      count(32).map((i) => (i === 9 ? NaN : i)),
    ),
    slow: sequence(
      1,
      count(8),
      count(8).map((i) => 100 + i),
    ),
  },
  segments: [{ startSeconds: 0, endSeconds: 8, target: [0] }],
};
const options = { lengthSeconds: 2, strideSeconds: 2, rateHz: { fast: 4, slow: 1 } };
const cut = (name: AlignmentName) => alignments[name]([recording], options);

/** [step] of the window; "·" where a model may not look. */
function seen(name: AlignmentName, modality: "fast" | "slow", window: number): (number | "·")[] {
  const { inputs } = gatherBatch(cut(name), [window]);
  const present = inputs["presence"]!.values[modality === "fast" ? 0 : 1]!;
  const { values } = inputs[`${modality}_values`]!;
  return Array.from(inputs[`${modality}_validity`]!.values, (ok, i) => (ok && present ? values[i]! : "·"));
}

test("what a model sees of the slow sensor under each alignment", () => {
  const none = "·";
  assert.deepEqual(seen("own-rate", "slow", 1), [102, 103]);
  assert.deepEqual(seen("sparse-rows", "slow", 1), [102, none, none, none, 103, none, none, none]);
  assert.deepEqual(seen("zero-filling", "slow", 1), [102, 0, 0, 0, 103, 0, 0, 0]);
  assert.deepEqual(seen("hold", "slow", 1), [102, 102, 102, 102, 103, 103, 103, 103]);
  assert.deepEqual(seen("linear", "slow", 1), [102, 102.25, 102.5, 102.75, 103, 103.25, 103.5, 103.75]);
  assert.deepEqual(seen("naive", "slow", 1), Array(8).fill(none));
  assert.deepEqual(seen("row-deletion", "slow", 1), [102, 103]);
});

test("what it sees of the fast one: a gap of one sample closes itself, its window, or becomes a zero", () => {
  const window = [8, "·", 10, 11, 12, 13, 14, 15];
  for (const name of ["own-rate", "sparse-rows", "hold", "linear"] as const)
    assert.deepEqual(seen(name, "fast", 1), window, name);
  assert.deepEqual(seen("naive", "fast", 1), Array(8).fill("·"));
  assert.deepEqual(seen("naive", "fast", 2), [16, 17, 18, 19, 20, 21, 22, 23]);
  assert.deepEqual(seen("zero-filling", "fast", 1), [8, 0, 10, 11, 12, 13, 14, 15]);
  assert.deepEqual(seen("row-deletion", "fast", 1), [8, 12], "neighbours that are a second apart");
});

test("each alignment has the same windows, and a hash of its own", () => {
  const all = (Object.keys(alignments) as AlignmentName[]).map(cut);
  for (const windows of all) {
    assert.equal(windows.count, 4);
    assert.deepEqual([...windows.startSeconds], [0, 2, 4, 6]);
  }
  assert.equal(new Set(all.map(({ hash }) => hash)).size, all.length);
});

test("row deletion loses every sensor where one is not there at all", () => {
  const { fast } = recording.modalities;
  const dead = { ...recording, modalities: { fast: fast!, slow: sequence(1, count(8), Array(8).fill(NaN)) } };
  const windows = alignments["row-deletion"]([dead], options);
  assert.deepEqual([...windows.presence], Array(8).fill(0));
  assert.ok((windows.tracks["fast"] as SequenceTrack).validity.every((ok) => ok === 0));
});

test("windows left by each rule", () => {
  assert.deepEqual(rowsLeftOf(cut("sparse-rows")), [
    // 8 rows of 32 have both numbers: one window of 8 rows; none of the four is without a NaN
    { subject: "s", class: "one", windows: 4, complete: 0, deleted: 1 },
  ]);
  const whole = { ...recording, modalities: { fast: recording.modalities["fast"]! } };
  const alone = alignments["own-rate"]([whole], { ...options, rateHz: { fast: 4 } });
  assert.deepEqual(rowsLeftOf(alone), [{ subject: "s", class: "one", windows: 4, complete: 3, deleted: 3 }]); // 31 rows
  assert.throws(() => rowsLeftOf(cut("own-rate")), {
    message:
      'rowsLeftOf: expected modalities on the same rows, got [fast: 8 steps, slow: 2 steps]; use the alignment "sparse-rows"',
  });
});
