import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { centredSkeleton } from "fusion/dist/data/centred-skeleton";
import { cutWindows } from "fusion/dist/data/cut-windows";
import { inOwnTime } from "fusion/dist/data/own-time";
import type { Sequence } from "fusion/dist/data/recording";
import { recording, sequence } from "./tiny";

const _ = NaN;
const stretched = (values: readonly number[], steps: number): number[] => {
  const [trial] = inOwnTime([recording("1", [[0, values.length, 0]], { modalities: { a: sequence(values, 1) } })], { a: steps });
  return Array.from((trial!.modalities["a"] as Sequence).values);
};

test("a step is the mean of its part of the line through the samples", () => {
  assert.deepEqual(stretched([0, 4], 4), [0.5, 1.5, 2.5, 3.5]);
  assert.deepEqual(stretched([0, 2, 4, 2, 0], 2), [2, 2]);
  assert.deepEqual(stretched([1, 3, 3, 1, 1], 4), [2, 3, 2, 1]);
  assert.deepEqual(stretched([5], 3), [5, 5, 5]);
});

test("where half of a step or more was not measured, it is missing", () => {
  assert.deepEqual(stretched([0, 2, _, 2, 4], 4), [1, _, _, 3]);
  assert.deepEqual(stretched([0, 2, 4, _, 4, 2, 0], 2), [2, 2]); // two of three lines are there
  assert.deepEqual(stretched([_, _, _], 2), [_, _]);
  assert.deepEqual(stretched([_], 2), [_, _]);
});

test("the mean over all steps is that of the line, however many there are", () => {
  const few = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(few, fc.integer({ min: 1, max: 20 }), (values, steps) => {
      const line = values.slice(1).reduce((sum, x, i) => sum + (x + values[i]!) / 2, 0) / (values.length - 1);
      const found = stretched(values, steps).reduce((sum, x) => sum + x, 0) / steps;
      assert.ok(Math.abs(found - line) < 100 * 2 ** -23 * 4, `${found} ${line}`); // float32 steps of up to 100
    }),
    { seed: 1 },
  );
});

test("modalities of other lengths and clocks make one window a trial", () => {
  const trial = (subject: string, ends: readonly [number, number]) =>
    recording(subject, [[0, 10, 0]], {
      modalities: {
        a: sequence(Array.from({ length: ends[0] }, (_, i) => i), 50),
        b: sequence(Array.from({ length: ends[1] }, (_, i) => i), 30),
      },
    });
  const trials = inOwnTime([trial("1", [107, 41]), trial("2", [326, 125])], { a: 8, b: 4 });
  const windows = cutWindows(trials, { lengthSeconds: 1, strideSeconds: 1 });
  assert.deepEqual([windows.count, Array.from(windows.presence)], [2, [1, 1, 1, 1]]);
  const steps = windows.names.map((name) => (windows.tracks[name] as { time: number }).time);
  assert.deepEqual(steps, [8, 4]);
  assert.ok(Object.values(windows.tracks).every(({ validity }) => !validity.includes(0)));
});

test("what is no trial is refused", () => {
  assert.throws(() => inOwnTime([recording("1", [[0, 2, 0], [2, 4, 1]])], { a: 4 }), {
    message: "inOwnTime: tiny 1.dat: expected one segment of sequences, got 2 with 0 vectors; cut others with cutWindows",
  });
  assert.throws(() => inOwnTime([recording("1", [[0, 2, 0]])], { b: 4 }), {
    message: "inOwnTime: a: expected a number of steps, got undefined; give one for each modality",
  });
});

test("a skeleton is seen from where the hip was first, and each change from the frame before", () => {
  const joint = (name: string) => ["x", "y", "z"].map((axis) => ({ name: `${name} ${axis}`, unit: "m" }));
  const skeleton: Sequence = {
    ...{ kind: "sequence", rateHz: 30, channels: [...joint("hip"), ...joint("head")] },
    seconds: Float64Array.of(0, 1 / 30, 2 / 30),
    values: Float32Array.of(1, 2, 3, 1, 3, 3, /**/ 2, 2, 3, 2, 4, 3, /**/ 2, 1, _, 2, 2, 5),
  };
  const { channels, values } = centredSkeleton(skeleton, { hip: 0, bones: [] });
  assert.deepEqual(channels.map(({ name }) => name).slice(5), ["head z", "hip x, change", "hip y, change", "hip z, change", "head x, change", "head y, change", "head z, change"]);
  assert.deepEqual(
    [0, 1, 2].map((frame) => Array.from(values.subarray(12 * frame, 12 * frame + 12))),
    [
      [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
      [1, 0, 0, 1, 2, 0, 1, 0, 0, 1, 1, 0],
      [1, -1, _, 1, 0, 2, 0, -1, _, 0, -2, 2],
    ],
  );
});

test("a body twice as large makes the same motion; a frame in which a joint was not seen does not measure it", () => {
  const skeleton = (scale: number, values: readonly number[]): Sequence => ({
    ...{ kind: "sequence", rateHz: 30, seconds: Float64Array.of(0, 1 / 30) },
    channels: ["hip", "head"].flatMap((name) => ["x", "y", "z"].map((axis) => ({ name: `${name} ${axis}`, unit: "m" }))),
    values: Float32Array.from(values, (x) => x * scale),
  });
  const body = { hip: 0, bones: [[0, 1]] } as const;
  const moved = [0, 0, 0, 0, 3, 4, /**/ 0, 1, 0, 0, 4, 4]; // the bone has 5 in both frames
  const [small, large] = [1, 2].map((scale) => centredSkeleton(skeleton(scale, moved), body));
  assert.deepEqual(small!.values, large!.values);
  assert.deepEqual(Array.from(small!.values.subarray(3, 6)), [0, Math.fround(0.6), Math.fround(0.8)]);
  assert.equal(small!.channels[0]!.unit, "body size");
  const lost = centredSkeleton(skeleton(1, [...moved.slice(0, 6), 0, 1, 0, _, 4, 4]), body);
  assert.deepEqual(Array.from(lost.values.subarray(0, 6)), Array.from(small!.values.subarray(0, 6)));
});
