import assert from "node:assert/strict";
import { test } from "node:test";
import { missingByColumn, missingness, rowsPerClass, samplingRates } from "fusion/dist/data/describe";
import { checkProtocolCounts, protocolRowsByActivity, protocolRowsBySubject } from "fusion/dist/data/pamap2-counts";
import type { Recording, Segment, Sequence } from "fusion/dist/data/recording";

const sequence = (seconds: number[], values: number[], rateHz: number): Sequence => ({
  kind: "sequence",
  channels: Array.from({ length: values.length / seconds.length }, (_, i) => ({ name: "xyz"[i]!, unit: "1" })),
  rateHz,
  seconds: Float64Array.from(seconds),
  values: Float32Array.from(values),
});

const recording = (subject: string, modalities: Recording["modalities"], segments: Segment[]): Recording => ({
  dataset: "toy",
  subject,
  session: subject,
  space: { kind: "class", classes: ["rest", "move"] },
  modalities,
  segments,
});

const segment = (startSeconds: number, endSeconds: number, id: number): Segment => ({
  startSeconds,
  endSeconds,
  target: [id],
});

const two = [
  recording(
    "b",
    { hand: sequence([0, 1, 2, 3, 5], [1, NaN, 2, 3, NaN, NaN, 4, 5, 6, 7], 1), heart: sequence([0.5, 4.5], [60, 61], 0.25) },
    [segment(3, 6, 1), segment(0, 2, 0), segment(2, 3, 1)],
  ),
  recording("a", { hand: sequence([0], [1, 2], 1) }, [segment(0, 1, 0)]),
];

test("rows per class counts the samples inside segments, by subject and class", () => {
  assert.deepEqual(rowsPerClass(two, "hand"), [
    { subject: "a", class: "rest", segments: 1, rows: 1, seconds: 1 },
    { subject: "b", class: "rest", segments: 1, rows: 2, seconds: 2 },
    { subject: "b", class: "move", segments: 2, rows: 3, seconds: 4 },
  ]);
  assert.deepEqual(
    rowsPerClass(two, "heart").map(({ rows }) => rows), // b: 0.5 s at rest, 4.5 s moving; a has none
    [0, 1, 1],
  );
  assert.deepEqual(rowsPerClass([], "hand"), []);
  const value: Recording = { ...two[1]!, space: { kind: "value", name: "age", unit: "a" } };
  assert.throws(() => rowsPerClass([value], "hand"), {
    message: "rowsPerClass: expected targets of kind class, got value; use recordings with classes",
  });
});

test("missingness counts NaN by channel", () => {
  const rows = missingness(two).map(({ subject, modality, channel, rows, missing, share }) =>
    [subject, modality, channel, `${missing}/${rows}`, share].join(" "),
  );
  assert.deepEqual(rows, [
    "b hand x 1/5 0.2",
    "b hand y 2/5 0.4",
    "b heart x 0/2 0",
    "a hand x 0/1 0",
    "a hand y 0/1 0",
  ]);
});

test("missing by column counts NaN in rows", () => {
  assert.deepEqual(missingByColumn({ time: Float64Array.of(1, 2, 3, 4), heart: Float32Array.of(60, NaN, NaN, NaN) }), [
    { column: "time", rows: 4, missing: 0, share: 0 },
    { column: "heart", rows: 4, missing: 3, share: 0.75 },
  ]);
});

test("sampling rates are those of the clock, not of the data sheet", () => {
  const [hand, heart, single] = samplingRates(two);
  assert.deepEqual(hand, {
    ...{ subject: "b", modality: "hand", nominalHz: 1, measuredHz: 1 },
    ...{ samples: 5, gaps: 1, longestGapSeconds: 2 },
  });
  assert.deepEqual([heart!.measuredHz, heart!.gaps], [0.25, 0]);
  assert.deepEqual([single!.measuredHz, single!.samples], [NaN, 1]);
});

test("the golden counts of PAMAP2 name every class and subject that differs", () => {
  // one recording for each subject and class; any matrix with both margins right would do, here northwest-corner
  const classes = Object.keys(protocolRowsByActivity);
  const left = { ...protocolRowsByActivity };
  const whole = Object.entries(protocolRowsBySubject).flatMap(([subject, rows]) =>
    classes.flatMap((name, id) => {
      const taken = Math.min(rows, left[name]!);
      left[name]! -= taken;
      rows -= taken;
      const hand = sequence(Array.from({ length: taken }, (_, i) => i), new Array<number>(taken).fill(0), 1);
      const one: Recording = { ...recording(subject, { hand }, [segment(0, taken, id)]), space: { kind: "class", classes } };
      return taken > 0 ? [one] : [];
    }),
  );
  checkProtocolCounts(whole);
  assert.throws(() => checkProtocolCounts(whole.slice(1)), {
    message:
      "checkProtocolCounts: expected the 12 activities of 9 subjects, got lying 0 rows instead of 192523; 101 57434 rows instead of 249957; run: npm run data -- pamap2",
  });
});
