/** Conformal sets, silence, ensembles, strangeness, intervals. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { randomFor } from "fusion";
import { calibrationAnswers, testAnswers } from "fusion/dist/calibration/answers";
import { auroc } from "fusion/dist/calibration/auroc";
import { equalWidthBins } from "fusion/dist/calibration/bins";
import { calibrationPublished } from "fusion/dist/calibration/ece-published";
import { classTable, stackTables } from "fusion/dist/calibration/class-table";
import {
  conformalQuantile,
  coverageBy,
  coverageOf,
  fitConformal,
  strangeness,
} from "fusion/dist/calibration/conformal";
import { doubtOf, meanProbabilities } from "fusion/dist/calibration/ensemble";
import { entropies } from "fusion/dist/calibration/entropy";
import { logLoss } from "fusion/dist/calibration/log-loss";
import { probabilitiesOf } from "fusion/dist/calibration/probabilities";
import { withPeople, withWilson } from "fusion/dist/calibration/reliability-rows";
import { coverageAt, riskCoverage, selectiveAccuracy } from "fusion/dist/calibration/risk-coverage";
import { confidenceHistogram, sharpness } from "fusion/dist/calibration/sharpness";
import { sortOrder } from "fusion/dist/calibration/sort-order";
import { strangenessScores } from "fusion/dist/calibration/strangeness-scores";
import { wilsonInterval } from "fusion/dist/calibration/wilson";
import { anyAnswers, fitted } from "./answers-of-fixture";

const close = (got: number, wanted: number, atol = 1e-12, what = ""): void =>
  assert.ok(Math.abs(got - wanted) <= atol, `${what}: ${got} for ${wanted}`);

test("by hand: the threshold of nine windows at 10 % is their largest score, of eight there is none", () => {
  const scores = Float64Array.from([0.3, 0.1, 0.2, 0.4, 0.9, 0.5, 0.8, 0.6, 0.7]);
  assert.equal(conformalQuantile(scores, 0.1), 0.9); // ⌈10 · 0.9⌉ = 9
  assert.equal(conformalQuantile(scores, 0.2), 0.8);
  assert.equal(conformalQuantile(scores.subarray(0, 8), 0.1), Infinity); // ⌈9 · 0.9⌉ = 9 of 8
  const aps = strangeness(classTable([[0.5, 0.2, 0.3]]), "aps");
  [0.5, 1, 0.8].forEach((s, k) => close(aps.values[k]!, s));
  const half = strangeness(classTable([[0.5, 0.2, 0.3]]), "aps", [0.5]);
  [0.25, 0.9, 0.65].forEach((s, k) => close(half.values[k]!, s));
  const thr = strangeness(classTable([[0.5, 0.2, 0.3]]), "thr");
  [0.5, 0.8, 0.7].forEach((s, k) => close(thr.values[k]!, s));
});

test("with windows that are drawn alike, sets hold the truth as often as promised, by both scores", () => {
  const random = randomFor(1, "conformal test");
  const draw = (n: number, first: number, subject: string) => {
    const rows = Array.from({ length: n }, () => Array.from({ length: 4 }, () => 2 * random.normal()));
    const logits = classTable(rows);
    const p = probabilitiesOf(classTable(rows.map((row) => row.map((z) => z / 3)))); // the model is three times too sure
    const labels = Int32Array.from(rows, (_, i) => {
      let [u, k] = [random.uniform(), 0];
      while (k < 3 && (u -= p.values[4 * i + k]!) > 0) k += 1;
      return k;
    });
    const windows = Int32Array.from({ length: n }, (_, i) => first + i);
    return { logits, labels, windows, subjects: rows.map(() => subject) };
  };
  const uniform = (n: number) => Float64Array.from({ length: n }, () => random.uniform());
  for (const score of ["thr", "aps"] as const)
    for (const alpha of [0.1, 0.3]) {
      const fit = calibrationAnswers(draw(2000, 0, "a"));
      const conformal = fitConformal(fit, { score, alpha }, uniform(2000));
      const test_ = testAnswers(draw(2000, 5000, "b"));
      const sets = conformal.sets(test_, uniform(2000));
      const { covered, size } = coverageOf(sets, test_.labels);
      // two draws of 2000: a standard deviation of √(2 · 0.21 / 2000) = 0.0145
      assert.ok(Math.abs(covered - (1 - alpha)) < 0.04, `${score} ${alpha}: ${covered}`);
      assert.ok(size >= 1 && size <= 4);
      assert.throws(() => conformal.sets(testAnswers({ ...test_, windows: fit.windows })), /not fitted on/);
    }
});

test("coverage of groups adds up to that of all, a smaller alpha gives no smaller sets", () => {
  fc.assert(
    fc.property(anyAnswers(2), ({ logits, labels }) => {
      const sets = (alpha: number) =>
        fitConformal(fitted(logits, labels), { score: "aps", alpha }).sets(
          testAnswers({
            ...{ logits, labels },
            windows: Int32Array.from(labels, (_, i) => 1000 + i),
            subjects: Array.from(labels, () => "other"),
          }),
        );
      const [wide, narrow] = [sets(0.05), sets(0.4)];
      narrow.values.forEach((inside, i) => assert.ok(inside <= wide.values[i]!));
      // on the windows of the fit the promise is kept exactly
      assert.ok(coverageOf(narrow, labels).covered >= 0.6);
      const byClass = coverageBy(narrow, labels, labels);
      const together = byClass.reduce((sum, { windows, covered }) => sum + windows * covered, 0);
      close(together / labels.length, coverageOf(narrow, labels).covered, 1e-9);
    }),
    { seed: 1 },
  );
});

test("by hand: risk when the surest speak first, equals sharing their places", () => {
  const { risk, aurc, excess } = riskCoverage(Float64Array.from([0.9, 0.5, 0.5, 0.1]), [1, 0, 1, 1]);
  // .9 right; then two equals with one error: half an error each; then right
  [0, 0.5 / 2, 1 / 3, 1 / 4].forEach((r, k) => close(risk[k]!, r));
  close(aurc, (0.25 + 1 / 3 + 0.25) / 4);
  close(excess, (0.25 + 1 / 3) / 4);
  close(selectiveAccuracy({ risk }, 0.5), 0.75);
  close(selectiveAccuracy({ risk }, 0.01), 1);
  assert.equal(coverageAt({ risk }, 0.25), 1);
  assert.equal(coverageAt({ risk }, 0.1), 0.25);
});

test("numbers are put in order as a stable comparison does, minus zero before zero, NaN refused", () => {
  const number = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, 0.5, 0.5, 1, -Infinity));
  fc.assert(
    fc.property(fc.array(number), (values) => {
      const plain = values.map((v) => v + 0 || 0);
      const wanted = plain
        .map((_, i) => i)
        .sort((a, b) => (plain[a]! < plain[b]! ? -1 : +(plain[a]! > plain[b]!)));
      assert.deepEqual([...sortOrder(Float64Array.from(plain))], wanted);
    }),
    { seed: 1 },
  );
  assert.deepEqual([...sortOrder(Float64Array.from([0, -0]))], [1, 0]);
  assert.throws(() => sortOrder(Float64Array.from([NaN])), {
    message: "sortOrder: expected numbers, got NaN at 0; look for it where the values were made",
  });
});

test("by hand: two members that contradict each other leave doubt between them, two that agree do not", () => {
  const [sure, opposite] = [classTable([[1, 0]]), classTable([[0, 1]])];
  const apart = doubtOf([sure, opposite]);
  close(apart.total[0]!, Math.log(2));
  close(apart.expected[0]!, 0);
  close(apart.between[0]!, Math.log(2));
  const even = classTable([[0.5, 0.5]]);
  close(doubtOf([even, even]).between[0]!, 0);
  close(entropies(even)[0]!, Math.log(2));
  close(sharpness(even), 0);
  close(sharpness(sure), 1);
  assert.throws(() => meanProbabilities([]), /expected 1 or more members, got none/);
  assert.throws(
    () => meanProbabilities([sure, stackTables([sure, sure])]),
    /expected \[window=1, class=2\], got \[2, 2\]/,
  );
});

test("an ensemble's log-loss is at most the mean of its members', and the doubt between them never negative", () => {
  fc.assert(
    fc.property(anyAnswers(1, 20), fc.double({ min: 0.2, max: 4, noNaN: true }), ({ logits, labels }, t) => {
      const members = [
        probabilitiesOf(logits),
        probabilitiesOf(logits, t),
        probabilitiesOf({ ...logits, values: logits.values.slice().reverse() }),
      ];
      const mean = members.reduce((sum, member) => sum + logLoss(member, labels) / 3, 0);
      assert.ok(logLoss(meanProbabilities(members), labels) <= mean + 1e-9);
      const { total, expected, between } = doubtOf(members);
      between.forEach((b, i) => assert.ok(b >= 0 && Math.abs(b - (total[i]! - expected[i]!)) < 1e-9));
    }),
    { seed: 1 },
  );
});

test("AUROC is the share of pairs in the right order, equals counting half", () => {
  const level = fc.integer({ min: 0, max: 5 });
  fc.assert(
    fc.property(fc.array(level, { minLength: 1 }), fc.array(level, { minLength: 1 }), (known, strange) => {
      const pairs = strange.flatMap((s) => known.map((k) => (s > k ? 1 : s === k ? 0.5 : 0)));
      close(auroc(known, strange), pairs.reduce((a: number, b) => a + b, 0) / pairs.length);
    }),
    { seed: 1 },
  );
  assert.ok(Number.isNaN(auroc([], [1])));
});

test("by hand: strangeness of one window; energy alone sees a shift of all logits", () => {
  const [low, high] = [classTable([[0, 0]]), classTable([[5, 5]])];
  close(strangenessScores.unsure(low)[0]!, 0.5);
  close(strangenessScores.entropy(low)[0]!, Math.log(2));
  close(strangenessScores.energy(low)[0]!, -Math.log(2));
  close(strangenessScores.energy(high)[0]!, -5 - Math.log(2));
  close(strangenessScores.unsure(high)[0]!, 0.5);
});

test("by hand: Wilson's interval of 0 of 10 and of 8 of 10", () => {
  // statsmodels' proportion_confint(8, 10, method="wilson") = (0.49015624, 0.94331783)
  const { lower, upper } = wilsonInterval(8, 10);
  close(lower, 0.490162471536642, 1e-6);
  close(upper, 0.9433178485456247, 1e-6);
  assert.equal(wilsonInterval(0, 10).lower, 0);
  close(wilsonInterval(0, 10).upper, 1.959963984540054 ** 2 / (10 + 1.959963984540054 ** 2));
  assert.deepEqual(wilsonInterval(0, 0), { lower: 0, upper: 1 });
});

test("intervals over people are wider than Wilson's where people differ, and empty bins are left out", () => {
  const sure = Float64Array.from({ length: 200 }, () => 0.75);
  const subject = Array.from({ length: 200 }, (_, i) => `${i % 4}`);
  const right = Array.from({ length: 200 }, (_, i) => (i % 4 < 2 ? 1 : 0)); // two of four people are always right
  const bins = equalWidthBins(sure, right);
  const [alone] = withWilson(bins);
  const [people, ...none] = withPeople(bins, sure, right, subject, { seed: 1 });
  assert.deepEqual(none, []);
  assert.equal(people!.accuracy, 0.5);
  assert.ok(alone!.accuracyUpper - alone!.accuracyLower < 0.15);
  assert.deepEqual([people!.accuracyLower, people!.accuracyUpper], [0, 1]);
  const histogram = confidenceHistogram(sure, 4);
  assert.deepEqual(
    histogram.map(({ count }) => count),
    [0, 0, 200, 0],
  );
});

test("the published figure: its ECE is the mean confidence, whatever the answers are worth", () => {
  const flags = (n: number) => Array.from({ length: n }, () => [1, 1, 1, 1]);
  const answer = fc.tuple(fc.double({ min: 0.4, max: 1, noNaN: true }), fc.integer({ min: 2, max: 23 }));
  fc.assert(
    fc.property(fc.array(answer, { minLength: 5, maxLength: 60 }), (answers) => {
      const [sure, said] = [answers.map(([p]) => p), answers.map(([, k]) => k)];
      const { ece, accuracyPerBin } = calibrationPublished(sure, said, flags(answers.length));
      close(ece, sure.reduce((a, b) => a + b, 0) / sure.length, 1e-9);
      assert.ok(accuracyPerBin.every((a) => a === 0));
    }),
    { seed: 1 },
  );
});

test("the published file's own bins give its ECE of 0.9796", () => {
  const counts = [2, 8, 24, 26, 112, 26, 49, 51, 83, 5448];
  const sure = [0.3761, 0.4357, 0.5031, 0.5671, 0.6088, 0.7057, 0.7686, 0.8345, 0.903, 0.998];
  const confidence = counts.flatMap((n, b) => new Array<number>(n).fill(sure[b]!));
  const predicted = confidence.map(() => 3);
  const { ece, samplesPerBin, confidencePerBin } = calibrationPublished(
    confidence,
    predicted,
    confidence.map(() => [1, 1, 1, 1]),
  );
  close(ece, 0.9795803, 1e-4); // its confidences are known to four digits
  assert.deepEqual(samplesPerBin.slice(5), counts);
  close(confidencePerBin[0]!, 1 / 30); // an empty bin is drawn at its centre
});

test("where one window is in a bin, or as many as there are sensors, class ids are compared with flags", () => {
  const one = calibrationPublished([0.9], [1], [[1, 1, 0, 1]]);
  close(one.accuracyPerBin.at(-2)!, 0.75);
  const four = calibrationPublished(
    [0.99, 0.99, 0.99, 0.99],
    [1, 0, 5, 1],
    new Array<number[]>(4).fill([1, 1, 1, 1]),
  );
  close(four.accuracyPerBin.at(-1)!, 0.5);
});
