/** Answers for tests: of a fixture, by hand, or drawn at random. */
import fc from "fast-check";
import { calibrationAnswers, testAnswers } from "fusion/dist/calibration/answers";
import { classTable, type ClassTable } from "fusion/dist/calibration/class-table";
import metrics from "../fixtures/calibration_metrics.json";
import temperatures from "../fixtures/temperature_scaling.json";

export interface FixtureCase {
  readonly name: string;
  readonly logits: ClassTable;
  readonly labels: Int32Array;
}

/** Each case of both fixtures that has logits. */
export const fixtureCases: readonly FixtureCase[] = [...metrics.cases, ...temperatures.cases].flatMap(
  ({ name, inputs }) => {
    if (!("logits" in inputs)) return [];
    const { logits, labels } = inputs as { logits: number[][]; labels: number[] };
    return [{ name, logits: classTable(logits), labels: Int32Array.from(labels) }];
  },
);

/** Windows first, first + 1, ..., all of one subject. */
export const fitted = (logits: ClassTable, labels: Int32Array, first = 0, subject = "101") =>
  calibrationAnswers({ logits, labels, ...who(labels.length, first, subject) });

export const asked = (logits: ClassTable, labels: Int32Array, first = 10_000, subject = "102") =>
  testAnswers({ logits, labels, ...who(labels.length, first, subject) });

const who = (length: number, first: number, subject: string) => ({
  windows: Int32Array.from({ length }, (_, i) => first + i),
  subjects: Array.from({ length }, () => subject),
});

/** Logits of some windows and 3 classes with labels. */
export const anyAnswers = (minLength = 1, maxLength = 40): fc.Arbitrary<FixtureCase> =>
  fc
    .array(
      fc.tuple(
        fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 0, max: 2 }),
      ),
      { minLength, maxLength },
    )
    .map((rows) => ({
      name: "drawn",
      logits: classTable(rows.map(([row]) => row)),
      labels: Int32Array.from(rows, ([, label]) => label),
    }));
