/** Corrections: the best temperature is the fixture's, nothing gets worse where it was fitted, and nobody is judged on it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { calibrationAnswers, pickAnswers, testAnswers } from "fusion/dist/calibration/answers";
import type { Calibrator } from "fusion/dist/calibration/calibrator";
import { calibrationScores } from "fusion/dist/calibration/calibration-scores";
import { classTable, type ClassTable } from "fusion/dist/calibration/class-table";
import { fitHistogramBinning } from "fusion/dist/calibration/histogram-binning";
import { fitIsotonic } from "fusion/dist/calibration/isotonic";
import { logitLoss, logLoss } from "fusion/dist/calibration/log-loss";
import { fitMatrixScaling } from "fusion/dist/calibration/matrix-scaling";
import { minimise } from "fusion/dist/calibration/minimise";
import { fitModalityTemperature } from "fusion/dist/calibration/modality-temperature";
import { climb, poolAdjacentViolators } from "fusion/dist/calibration/pool-adjacent-violators";
import { probabilitiesOf } from "fusion/dist/calibration/probabilities";
import { fitSubsetTemperature } from "fusion/dist/calibration/subset-temperature";
import { bestTemperature, fitTemperature, temperatureBounds } from "fusion/dist/calibration/temperature";
import { temperaturePublished } from "fusion/dist/calibration/temperature-published";
import { topLabels } from "fusion/dist/calibration/top-label";
import { fitVectorScaling } from "fusion/dist/calibration/vector-scaling";
import fixture from "../fixtures/temperature_scaling.json";
import { anyAnswers, asked, fitted } from "./answers-of-fixture";

const close = (got: number, wanted: number, atol: number, what = ""): void =>
  assert.ok(Math.abs(got - wanted) <= atol, `${what}: ${got} for ${wanted}`);

const corrections = {
  temperature: fitTemperature,
  vector: fitVectorScaling,
  matrix: fitMatrixScaling,
  histogram: fitHistogramBinning,
  isotonic: fitIsotonic,
} as const satisfies Record<string, (answers: ReturnType<typeof fitted>) => Calibrator>;

for (const { name, inputs, expected, published_result } of fixture.cases)
  test(`the best temperature is scipy's on "${name}", and the published call stops where PyTorch's does`, () => {
    const { temperature_atol, nll_atol, ece_atol } = fixture.tolerance;
    const [logits, labels] = [classTable(inputs.logits), Int32Array.from(inputs.labels)];
    const temperature = bestTemperature(logits, labels);
    close(temperature, expected.temperature, temperature_atol);
    const before = calibrationScores(probabilitiesOf(logits), labels);
    const after = calibrationScores(probabilitiesOf(logits, temperature), labels);
    close(before.logLoss, expected.nll_before, nll_atol);
    close(after.logLoss, expected.nll_after, nll_atol);
    close(before.ece, expected.ece15_before, ece_atol);
    close(after.ece, expected.ece15_after, ece_atol);
    assert.equal(after.accuracy, expected.accuracy);
    for (const [t, loss] of Object.entries(expected.nll_at))
      close(logitLoss(logits, labels, Number(t)), loss, nll_atol);
    // PyTorch's parameter is float32: fifty steps of rounding at 1e-7
    close(temperaturePublished(logits, labels), published_result.temperature, 1e-5);
    assert.ok(Math.abs(published_result.temperature - temperature) > 0.03, "far from the best");
  });

test("a temperature that was put in is found again", () => {
  const [{ inputs }] = fixture.cases as [(typeof fixture.cases)[number]];
  const labels = Int32Array.from(inputs.labels);
  const base = bestTemperature(classTable(inputs.logits), labels);
  for (const factor of [0.25, 1, 3]) {
    const hot = classTable(inputs.logits.map((row) => row.map((z) => z * factor)));
    close(bestTemperature(hot, labels), base * factor, 1e-9);
  }
});

test("a model without an error, or worse than chance, goes to the bounds", () => {
  const logits = classTable([
    [2, 0],
    [0, 2],
  ]);
  assert.equal(bestTemperature(logits, [0, 1]), temperatureBounds[0]);
  assert.equal(bestTemperature(logits, [1, 0]), temperatureBounds[1]);
});

test("no correction is worse where it was fitted; a temperature changes no answer", () => {
  fc.assert(
    fc.property(anyAnswers(), ({ logits, labels }) => {
      for (const [name, fit] of Object.entries(corrections)) {
        const { fittedOn, probabilities } = fit(fitted(logits, labels));
        const after = probabilities(asked(logits, labels));
        assert.ok(fittedOn.lossAfter <= fittedOn.lossBefore + 1e-9, name);
        close(logLoss(after, labels), fittedOn.lossAfter, 1e-12, name);
        for (let i = 0; i < labels.length; i++) {
          const sum = after.values.subarray(3 * i, 3 * i + 3).reduce((a, b) => a + b, 0);
          close(sum, 1, 1e-9, name);
        }
      }
      const cooled = fitTemperature(fitted(logits, labels)).probabilities(asked(logits, labels));
      const plain = topLabels(probabilitiesOf(logits), labels).predicted;
      const top = topLabels(cooled, labels);
      // near ties that a hot temperature rounds together aside
      top.predicted.forEach((k, i) => {
        if (k !== plain[i]) close(cooled.values[3 * i + plain[i]!]!, cooled.values[3 * i + k]!, 1e-12);
      });
    }),
    { seed: 1, numRuns: 50 },
  );
});

test("vector scaling is at the bottom of its valley: no small change is better, and it finds a shift that was put in", () => {
  const [{ inputs }] = fixture.cases as [(typeof fixture.cases)[number]];
  const labels = Int32Array.from(inputs.labels);
  const ridge = 1e-3;
  for (const fit of [fitVectorScaling, fitMatrixScaling]) {
    const logits = classTable(inputs.logits);
    const { parameters } = fit(fitted(logits, labels), { ridge });
    const classes = logits.classes;
    const w = (parameters["factor"] ?? parameters["matrix"]) as number[];
    const b = parameters["shift"] as number[];
    const isMatrix = "matrix" in parameters;
    const objective = (factor: readonly number[], shift: readonly number[]): number => {
      const rows = inputs.logits.map((z) =>
        shift.map(
          (s, k) =>
            s +
            (isMatrix ? z.reduce((sum, v, j) => sum + factor[k * classes + j]! * v, 0) : factor[k]! * z[k]!),
        ),
      );
      const one = (i: number): number => (isMatrix && i % (classes + 1) !== 0 ? 0 : 1);
      const penalty =
        factor.reduce((sum, f, i) => sum + (f - one(i)) ** 2, 0) + shift.reduce((sum, s) => sum + s * s, 0);
      return logitLoss(classTable(rows), labels) + ridge * penalty;
    };
    const best = objective(w, b);
    for (const step of [1e-3, -1e-3]) {
      w.forEach((_, i) =>
        assert.ok(
          objective(
            w.map((f, j) => (i === j ? f + step : f)),
            b,
          ) > best,
        ),
      );
      b.forEach((_, i) =>
        assert.ok(
          objective(
            w,
            b.map((s, j) => (i === j ? s + step : s)),
          ) > best,
        ),
      );
    }
  }
  // what is added to a class's logits is taken off again, times its factor; a constant on all shifts changes nothing
  const fitAt = (added: number) => {
    const rows = inputs.logits.map((row) => row.map((z, k) => z + (k === 2 ? added : 0)));
    return fitVectorScaling(fitted(classTable(rows), labels), { ridge: 1e-6 }).parameters;
  };
  const [plain, shifted] = [fitAt(0), fitAt(3)] as Record<"factor" | "shift", number[]>[];
  const moved = shifted!.shift.map((s, k) => s - plain!.shift[k]! - (shifted!.shift[0]! - plain!.shift[0]!));
  moved.forEach((m, k) => close(m, k === 2 ? -3 * plain!.factor[2]! : 0, 1e-3));
});

test("minimise goes down a bent valley to its end, and never up", () => {
  // Rosenbrock: least 0 at (1, 1)
  let last = Infinity;
  const found = minimise(
    (x, gradient) => {
      const [a, b] = [x[0]!, x[1]!];
      gradient[0] = -2 * (1 - a) - 400 * a * (b - a * a);
      gradient[1] = 200 * (b - a * a);
      return (1 - a) ** 2 + 100 * (b - a * a) ** 2;
    },
    Float64Array.from([-1.2, 1]),
  );
  close(found[0]!, 1, 1e-6);
  close(found[1]!, 1, 1e-6);
  const start = Float64Array.from([3]);
  minimise((x, gradient) => {
    gradient[0] = 2 * x[0]!;
    last = Math.min(last, x[0]! ** 2);
    return x[0]! ** 2;
  }, start);
  close(last, 0, 1e-12);
  assert.deepEqual([...start], [3]);
});

test("by hand: a staircase pools what falls", () => {
  const stairs = poolAdjacentViolators([0.1, 0.2, 0.3, 0.4, 0.5], [0, 1, 0, 1, 1]);
  assert.deepEqual(
    stairs.map(({ from, to, value }) => [from, to, value]),
    [
      [0.1, 0.1, 0],
      [0.2, 0.3, 0.5],
      [0.4, 0.5, 1],
    ],
  );
  assert.deepEqual(
    [0, 0.1, 0.25, 0.35, 0.9].map((p) => Math.round(climb(stairs, p) * 100) / 100),
    [...[0, 0, 0.5, 0.75, 1]],
  );
});

test("a staircase never falls, keeps the mean, and no other rising one is nearer", () => {
  const pair = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 1 }));
  fc.assert(
    fc.property(fc.array(pair, { minLength: 1, maxLength: 12 }), (pairs) => {
      const [promised, came] = [pairs.map(([p]) => p / 10), pairs.map(([, c]) => c)];
      const stairs = poolAdjacentViolators(promised, came);
      const fit = promised.map((p) => climb(stairs, p));
      stairs.forEach(({ value }, i) => assert.ok(i === 0 || value > stairs[i - 1]!.value));
      close(
        fit.reduce((a, b) => a + b, 0),
        came.reduce((a, b) => a + b, 0),
        1e-9,
      );
      // the min-max formula: max over a ≤ p of min over b ≥ p of the mean of came in [a, b]
      const levels = [...new Set(promised)].sort((a, b) => a - b);
      const mean = (a: number, b: number): number => {
        const inside = came.filter((_, i) => promised[i]! >= a && promised[i]! <= b);
        return inside.reduce((s, c) => s + c, 0) / inside.length;
      };
      promised.forEach((p, i) => {
        const best = Math.max(
          ...levels
            .filter((a) => a <= p)
            .map((a) => Math.min(...levels.filter((b) => b >= p).map((b) => mean(a, b)))),
        );
        close(fit[i]!, best, 1e-9);
      });
    }),
    { seed: 1 },
  );
});

const some = (logits: ClassTable, first: number, subjects: readonly string[]) => ({
  logits,
  labels: new Int32Array(logits.windows),
  windows: Int32Array.from({ length: logits.windows }, (_, i) => first + i),
  subjects,
});
const four = classTable([
  [1, 0],
  [1, 0],
  [0, 1],
  [2, 0],
]);

test("a correction refuses windows and people that it was fitted on, and types keep test answers out", () => {
  const fit = calibrationAnswers(some(four, 0, ["a", "a", "b", "b"]));
  const calibrator = fitTemperature(fit);
  assert.throws(() => calibrator.probabilities(testAnswers(some(four, 3, ["c", "c", "c", "c"]))), {
    message:
      "temperature: expected windows that it was not fitted on, got 1 of 4 that it was; ask about the fold's test",
  });
  const sameMan = testAnswers(some(four, 4, ["c", "b", "c", "c"]));
  assert.throws(() => calibrator.probabilities(sameMan), {
    message:
      'temperature: expected people that it was not fitted on, got b; split by subject, or fit with apart: "windows"',
  });
  assert.equal(fitTemperature(fit, { apart: "windows" }).probabilities(sameMan).windows, 4);
  // @ts-expect-error answers to test windows are not to be fitted on
  assert.ok(fitTemperature(testAnswers(some(four, 0, ["a", "a", "b", "b"]))));
  assert.deepEqual(calibrator.fittedOn.classes, [0]);
  const twice = { ...some(four, 0, ["a", "a", "b", "b"]), windows: Int32Array.from([1, 1, 2, 3]) };
  assert.throws(() => calibrationAnswers(twice), {
    message: "calibrationAnswers: expected each window once, got 1 twice; take the answers of one run",
  });
  const none = pickAnswers(fit, () => false);
  for (const fitNone of Object.values(corrections))
    assert.throws(() => fitNone(none), /expected windows to fit on, got none; take a split that keeps some/);
  assert.deepEqual([...pickAnswers(fit, (i) => fit.subjects[i] === "b").windows], [2, 3]);
});

test("a temperature for each set of sensors is that of its own answers", () => {
  const [first, second] = fixture.cases as [(typeof fixture.cases)[number], (typeof fixture.cases)[number]];
  const of = ({ inputs }: (typeof fixture.cases)[number]) =>
    fitted(classTable(inputs.logits), Int32Array.from(inputs.labels));
  const both = fitSubsetTemperature([
    { present: ["hand", "chest"], answers: of(first) },
    { present: ["hand"], answers: of(second) },
  ]);
  close(both.of(["hand", "chest"]).parameters["temperature"] as number, first.expected.temperature, 1e-6);
  close(both.of(["hand"]).parameters["temperature"] as number, second.expected.temperature, 1e-6);
  assert.throws(() => both.of(["chest"]), {
    message:
      "fitSubsetTemperature: expected one of [hand+chest, hand], got chest; fit on that set too, its sensors in the same order",
  });
});

test("by hand: each modality's temperature, then the mean of those that are there", () => {
  const loud = classTable([
    [4, 0],
    [4, 0],
    [4, 0],
    [0, 4],
  ]);
  const labels = Int32Array.from([0, 0, 1, 1]); // right three times of four: p = 3/4 = σ(4 / T)
  const plain = { alone: { a: fitted(loud, labels), b: fitted(loud, labels) } };
  const presence = Uint8Array.from([1, 1, 1, 0, 1, 0, 1, 1]);
  const { temperatures, probabilities } = fitModalityTemperature({ ...plain, presence });
  close(temperatures["a"]!, 4 / Math.log(3), 1e-9);
  // b has only the first and the last window, both right
  assert.equal(temperatures["b"], temperatureBounds[0]);
  const votes = { alone: { a: asked(loud, labels), b: asked(loud, labels) }, presence };
  const alone = probabilities(votes, ["a"]);
  close(alone.values[0]!, 0.75, 1e-9);
  assert.deepEqual([...probabilities(votes, []).values.subarray(0, 2)], [0.5, 0.5]);
  // the third window has no b, so that its vote is a's
  close(probabilities(votes, ["a", "b"]).values[4]!, 0.75, 1e-9);
  assert.throws(() =>
    probabilities({ alone: { a: asked(loud, labels, 0), b: asked(loud, labels, 0) }, presence }, ["a"]),
  );
});
