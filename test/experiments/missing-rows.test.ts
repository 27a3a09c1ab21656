/** Rows that figures of missing and failing sensors draw, from results that say what can be checked by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  agreementRows,
  degradationRows,
  faultRows,
  meanOfSensors,
  type Result,
  sensorImportance,
  setRows,
  worstLosses,
} from "fusion";

const sets = [[], ["hand"], ["heart"], ["hand", "heart"]];
const scoreOf = (accuracy: number) => ({
  accuracy,
  macroF1: accuracy,
  negativeLogLikelihood: 1 - accuracy,
  ece: 0,
});

/** Only what the rows read; accuracies of none, hand, heart, both. */
const result = (
  subject: string,
  seed: number,
  accuracies: readonly number[],
  kendall: number | null,
): Result =>
  ({
    ...{
      presetName: "early",
      seed,
      preset: { modalities: ["hand", "heart"] },
      fold: { split: "s", heldOut: subject },
    },
    subsets: sets.map((present, i) => ({
      present,
      subjects: [{ subject, windows: 9, ...scoreOf(accuracies[i]!) }],
    })),
    faults: ["hand", "heart"].map((sensor, i) => ({
      ...{ kind: "noise", sensor, amount: 2 },
      subjects: [{ subject, ...scoreOf(accuracies[3]! - 0.2 - 0.1 * i) }],
    })),
    agreement: [
      {
        of: "attention",
        ranks: [{ subject, worth: "shapley", windows: 9, kendall, otherWindow: 0.25, permuted: null }],
        sensors: [],
      },
    ],
  }) as unknown as Result;

const results = [
  result("1", 1, [0.25, 0.75, 0.25, 0.75], 1),
  result("1", 2, [0.25, 0.5, 0.25, 0.5], 0.5),
  result("2", 1, [0.25, 0.5, 0.5, 1], 0),
  result("2", 2, [0.25, 0.5, 0.5, 1], null),
];
const close = (got: number, wanted: number): void =>
  assert.ok(Math.abs(got - wanted) < 1e-12, `${got} for ${wanted}`);

test("the curve is a mean over sets, seeds and subjects, each subject counted once", () => {
  const [one, two] = degradationRows(results, "accuracy");
  close(one!.mean, ((0.625 + 0.25) / 2 + 0.5) / 2);
  close(two!.mean, (0.625 + 1) / 2);
  assert.deepEqual([one!.sensors, two!.sensors], [1, 2]);
  assert.ok(two!.lower >= 0.625 && two!.upper <= 1);
  assert.deepEqual(
    setRows(results, "accuracy").map(({ set, mean }) => [set, mean]),
    [
      ["none", 0.25],
      ["hand", 0.5625],
      ["heart", 0.375],
      ["hand+heart", 0.8125],
    ],
  );
});

test("the worst loss is that of the sensor whose absence leaves least, and of a likelihood, most", () => {
  for (const score of ["accuracy", "negativeLogLikelihood"] as const) {
    const [worst] = worstLosses(results, score);
    assert.deepEqual([worst!.lost, worst!.sensors], ["hand", 1]);
    close(worst!.mean, score === "accuracy" ? 0.375 : 0.625);
    close(worst!.full, score === "accuracy" ? 0.8125 : 0.1875);
  }
});

test("importance by person: of the first, whose heart adds nothing, all is the hand's; of the second, half", () => {
  const rows = sensorImportance(results, "accuracy");
  const of = (measure: string, sensor: string): number =>
    rows.find((row) => row.measure === measure && row.sensor === sensor)!.mean;
  close(of("Shapley", "hand"), (0.375 + 0.375) / 2);
  close(of("Shapley", "heart"), (0 + 0.375) / 2);
  close(of("left out", "hand"), (0.375 + 0.5) / 2);
  close(of("alone", "heart"), (0 + 0.25) / 2);
  // with hand (0.625 + 0.625) / 2 − heart alone 0.25, and (0.5 + 1) / 2 − 0.5
  close(of("published", "hand"), (0.375 + 0.25) / 2);
});

test("faults stand beside none, in the mean over sensors and for each", () => {
  const rows = faultRows(results, "accuracy");
  assert.deepEqual(
    rows.map(({ amount, sensor }) => `${amount} ${sensor}`),
    [0, 2].flatMap((amount) => ["hand", "heart", meanOfSensors].map((sensor) => `${amount} ${sensor}`)),
  );
  assert.deepEqual([rows[0]!.kind, rows[0]!.unit], ["noise", "deviations in training"]);
  for (const row of rows.slice(0, 3)) close(row.mean, 0.8125);
  close(rows[3]!.mean, 0.6125);
  close(rows[4]!.mean, 0.5125);
  close(rows[5]!.mean, 0.5625);
});

test("agreement is a mean over seeds, then over people; what has none has no row", () => {
  const rows = agreementRows(results);
  assert.deepEqual(
    rows.map(({ weights, mean }) => [weights, mean]),
    [
      ["its own", (0.75 + 0) / 2],
      ["of another window", 0.25],
    ],
  );
});
