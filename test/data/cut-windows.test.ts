import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cutWindows } from "fusion/dist/data/cut-windows";
import { gather } from "fusion/dist/data/gather";
import type { Recording, Vector } from "fusion/dist/data/recording";
import type { SequenceTrack } from "fusion/dist/data/windows";
import { recording, sequence } from "./tiny";

const track = (windows: ReturnType<typeof cutWindows>, name: string): SequenceTrack =>
  windows.tracks[name] as SequenceTrack;
const _ = NaN;

test("windows start with their segment, a stride apart, while a whole one fits", () => {
  const windows = cutWindows([recording("1", [[0, 7, 0], [7, 9, 1], [10, 13, 1]])], { lengthSeconds: 3, strideSeconds: 2 });
  assert.deepEqual(Array.from(windows.startSeconds), [0, 2, 4, 10]);
  assert.deepEqual(Array.from(windows.segment), [0, 0, 0, 2]); // segment 1 is too short and keeps its number
  assert.deepEqual(Array.from(windows.targets), [0, 0, 0, 1]);
  assert.deepEqual(Array.from(gather(windows, "a", [0, 1, 2, 3]).values), [0, 1, 2, 2, 3, 4, 4, 5, 6, 10, 11, 12]);
});

test("overlapping windows share their samples: 10 s at 1 Hz are stored once", () => {
  const windows = cutWindows([recording("1", [[0, 10, 0]])], { lengthSeconds: 5, strideSeconds: 1 });
  assert.equal(windows.count, 6);
  assert.deepEqual(Array.from(track(windows, "a").values), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.deepEqual(Array.from(track(windows, "a").offset), [0, 1, 2, 3, 4, 5]);
});

test("no window holds a sample of another segment or subject", () => {
  const part = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 3 })); // length, gap before
  fc.assert(
    fc.property(
      fc.array(fc.array(part, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 3 }),
      (subjects, lengthSeconds, strideSeconds) => {
        let stamp = 0; // each second of each subject holds a number of its own
        const recordings = subjects.map((parts, s): Recording => {
          let at = 0;
          const segments = parts.map(([length, gap]) => [at + gap, (at += gap + length), 0] as const);
          const x = Array.from({ length: at }, () => stamp++);
          return recording(`${s}`, segments, { modalities: { a: sequence(x, 1) } });
        });
        const windows = cutWindows(recordings, { lengthSeconds, strideSeconds });
        const stamps = recordings.flatMap((r) => {
          const x = (r.modalities["a"] as ReturnType<typeof sequence>).values;
          return r.segments.map((s) => Array.from(x.subarray(s.startSeconds, s.endSeconds)));
        });
        let count = 0;
        for (const own of stamps) count += Math.max(0, Math.floor((own.length - lengthSeconds) / strideSeconds) + 1);
        assert.equal(windows.count, count);
        for (let w = 0; w < windows.count; w++)
          for (const x of gather(windows, "a", [w]).values) assert.ok(stamps[windows.segment[w]!]!.includes(x));
      },
    ),
    { seed: 1 },
  );
});

test("each modality keeps its own clock and rate", () => {
  const fast = sequence(Array.from({ length: 40 }, (_, i) => i), 10);
  const slow = sequence([100, 101, 102, 103], 1);
  const windows = cutWindows([recording("1", [[0, 4, 0]], { modalities: { fast, slow } })], { lengthSeconds: 2, strideSeconds: 1 });
  assert.deepEqual([track(windows, "fast").time, track(windows, "slow").time], [20, 2]);
  assert.equal(gather(windows, "fast", [1]).values[0], 10);
  assert.deepEqual(Array.from(gather(windows, "slow", [1]).values), [101, 102]);
});

test("a slot takes the nearest sample; an empty one is invalid", () => {
  // slots at 0, 1, 2, 3 s: 0.9 is nearer to 1 than 1.3, 2 has none, 2.6 and 3.4 compete for 3
  const a = sequence([10, 11, 12, 13, 14], 1, [0.1, 0.9, 1.3, 2.6, 3.3]);
  const windows = cutWindows([recording("1", [[0, 4, 0]], { modalities: { a } })], { lengthSeconds: 4, strideSeconds: 4 });
  assert.deepEqual(Array.from(track(windows, "a").values), [10, 11, _, 14]);
  assert.deepEqual(Array.from(track(windows, "a").validity), [1, 1, 0, 1]);
});

test("a modality is present where one sample was measured; one that was not worn is not there at all", () => {
  const a = sequence([1, _, _, _, 5, _], 1);
  const bare = recording("2", [[0, 4, 0]], { modalities: { b: sequence([1, 2, 3, 4], 1) } });
  const windows = cutWindows([recording("1", [[0, 6, 0]], { modalities: { a } }), bare], { lengthSeconds: 2, strideSeconds: 2 });
  assert.deepEqual(windows.names, ["a", "b"]);
  assert.deepEqual(Array.from(windows.presence), [1, 0, 0, 0, 1, 0, 0, 1, 0, 1]);
  assert.deepEqual(Array.from(track(windows, "a").offset), [0, 2, 4, -1, -1]);
  assert.deepEqual(Array.from(gather(windows, "a", [3], { invalid: "keep" }).values), [_, _]);
});

test("what hold and linear complete is marked as filled, never as measured", () => {
  const a = sequence([1, _, _, _, 5, _], 1);
  const cut = (fill: Parameters<typeof cutWindows>[1]["fill"]): SequenceTrack =>
    track(cutWindows([recording("1", [[0, 6, 0]], { modalities: { a } })], { lengthSeconds: 2, strideSeconds: 2, fill: fill! }), "a");
  const held = cut({ a: { kind: "hold", maxAgeSeconds: 2 } });
  assert.deepEqual(Array.from(held.values), [1, 1, 1, _, 5, 5]);
  assert.deepEqual(Array.from(held.validity), [1, 0, 0, 0, 1, 0]);
  assert.deepEqual(Array.from(held.filled), [0, 1, 1, 0, 0, 1]);
  const zeroed = cut({ a: { kind: "zero" } });
  assert.deepEqual(Array.from(zeroed.values), [1, 0, 0, 0, 5, 0]);
  assert.deepEqual(Array.from(zeroed.filled), [0, 0, 0, 0, 0, 0]);
});

test("nothing is filled from one segment into the next", () => {
  const a = sequence([1, 2, _, 4], 1);
  for (const fill of [{ kind: "hold", maxAgeSeconds: 9 }, { kind: "linear", maxGapSeconds: 9 }] as const) {
    const windows = cutWindows([recording("1", [[0, 2, 0], [2, 4, 1]], { modalities: { a } })], { lengthSeconds: 2, strideSeconds: 1, fill: { a: fill } });
    assert.deepEqual(Array.from(track(windows, "a").values), [1, 2, _, 4]);
  }
});

test("a gap at a segment's end is not closed with the next segment's first sample", () => {
  const modalities = { a: sequence([1, NaN, 3, 4, 5], 1, [0, 1, 2.4, 3.4, 4.4]) };
  const segments = [
    [0, 2.3, 0],
    [2.3, 5.4, 1],
  ] as const;
  const windows = cutWindows([recording("1", segments, { modalities })], {
    lengthSeconds: 2,
    strideSeconds: 9,
    fill: { a: { kind: "linear", maxGapSeconds: 9 } },
  });
  assert.deepEqual(Array.from(track(windows, "a").values), [1, _, 3, 4]);
});

test("resampling to half the rate keeps a slow tone and half the samples", () => {
  const x = Array.from({ length: 1000 }, (_, i) => Math.sin((2 * Math.PI * i) / 100));
  const modalities = { a: sequence(x, 100) };
  const windows = cutWindows([recording("1", [[0, 10, 0]], { modalities })], { lengthSeconds: 5, strideSeconds: 5, rateHz: { a: 50 } });
  const { values, time, validity } = track(windows, "a");
  assert.deepEqual([time, values.length, validity.includes(0)], [250, 500, false]);
  for (let i = 100; i < 400; i++) assert.ok(Math.abs(values[i]! - x[2 * i]!) < 0.012, `${i}`); // 0.1 dB
});

test("a vector gives each window the latest row of its segment", () => {
  const v: Vector = {
    kind: "vector",
    features: [{ name: "p", unit: "1" }, { name: "q", unit: "1" }],
    seconds: Float64Array.from([0, 3, 6]),
    values: Float32Array.from([1, _, 3, 4, _, _]),
  };
  const base = recording("1", [[0, 5, 0], [5, 9, 0]]);
  const windows = cutWindows([{ ...base, modalities: { ...base.modalities, v } }], { lengthSeconds: 1, strideSeconds: 1 });
  // starts 0 1 2 3 4 | 5 6 7 8: row 0 until its end lies beyond 3 s, then row 1; the second segment knows nothing before 6 s
  assert.deepEqual(Array.from(windows.tracks["v"]!.offset), [0, 0, 0, 1, 1, -1, 2, 2, 2]);
  assert.deepEqual(Array.from(gather(windows, "v", [0]).validity), [1, 0]);
  assert.deepEqual(Array.from(windows.presence).filter((_, i) => i % 2 === 1), [1, 1, 1, 1, 1, 0, 0, 0, 0]);
});

test("the hash knows the samples, the segments and the options, and nothing else", () => {
  const hash = (values: number[], options = {}, subject = "1"): string =>
    cutWindows([recording(subject, [[0, 4, 0]], { modalities: { a: sequence(values, 1) } })], { lengthSeconds: 2, strideSeconds: 1, ...options }).hash;
  const all = [hash([1, 2, 3, 4]), hash([1, 2, 3, 5]), hash([1, 2, 3, 4], { strideSeconds: 2 }), hash([1, 2, 3, 4], { fill: { a: { kind: "zero" } } }), hash([1, 2, 3, 4], {}, "2")];
  assert.equal(new Set(all).size, all.length);
  assert.equal(hash([1, 2, 3, 4]), hash([1, 2, 3, 4], { fill: { a: { kind: "none" } } }));
});

test("cutWindows says what does not fit, and where", () => {
  const options = { lengthSeconds: 2, strideSeconds: 1 };
  const good = recording("1", [[0, 4, 0]]);
  const cases: [() => unknown, RegExp][] = [
    [() => cutWindows([], options), /^cutWindows: expected 1 or more recordings, got none; /],
    [() => cutWindows([good], { ...options, strideSeconds: 0 }), /expected length and stride above 0 s, got 2 and 0; /],
    [() => cutWindows([good], { ...options, names: ["b"] }), /expected modalities among \[a\], got b; /],
    [() => cutWindows([good, { ...good, dataset: "other" }], options), /tiny.*first recording|other 1 1.dat: expected the data set/],
    [
      () => cutWindows([{ ...good, modalities: { a: sequence([1, 2, 3], 1, [0, 2, 1]) } }], options),
      /tiny 1 1.dat: a: expected increasing seconds, got 2 then 1 at sample 2; /,
    ],
    [
      () => cutWindows([good, { ...good, modalities: { a: sequence([1, 2], 2) } }], options),
      /a: expected sequence at 1 Hz of \[x 1\], got sequence at 2 Hz of \[x 1\]; /,
    ],
    [
      () => cutWindows([{ ...good, segments: [{ startSeconds: 1, endSeconds: 1, target: [0] }] }], options),
      /expected segments of positive length with 1 target numbers, got \[1, 1\) with 1; /,
    ],
  ];
  for (const [run, message] of cases) assert.throws(run, { message });
});
