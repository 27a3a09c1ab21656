/** Every metric: by fixture, by a slow reference of the libraries in use, by hand, by what must not change it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { reliability } from "fusion/dist/metrics/calibration-error";
import { softmax } from "fusion/dist/metrics/softmax";
import { equalMassBins, equalWidthBins } from "fusion/dist/calibration/bins";
import { brierParts, brierScore } from "fusion/dist/calibration/brier";
import {
  averageGap,
  debiasedSquaredGap,
  expectedGap,
  largestGap,
  squaredGap,
} from "fusion/dist/calibration/calibration-gaps";
import { calibrationScores, type CalibrationScores } from "fusion/dist/calibration/calibration-scores";
import { classTable, pickWindows } from "fusion/dist/calibration/class-table";
import { adaptiveClasswiseError, classBins, classwiseError } from "fusion/dist/calibration/classwise-error";
import { logitLoss, logLoss } from "fusion/dist/calibration/log-loss";
import { probabilitiesOf } from "fusion/dist/calibration/probabilities";
import { topLabels } from "fusion/dist/calibration/top-label";
import fixture from "../fixtures/calibration_metrics.json";
import { anyAnswers, fixtureCases } from "./answers-of-fixture";

const { float64_atol } = fixture.tolerance;
const close = (got: number, wanted: number, atol = float64_atol, what = ""): void =>
  assert.ok(Math.abs(got - wanted) <= atol, `${what}: ${got} for ${wanted}`);

for (const { name, inputs, expected } of fixture.cases.filter(({ inputs }) => "logits" in inputs))
  test(`every metric agrees with numpy on "${name}"`, () => {
    const { logits, labels } = inputs as { logits: number[][]; labels: number[] };
    const probabilities = probabilitiesOf(classTable(logits));
    const scores = calibrationScores(probabilities, labels);
    const wanted: Partial<Record<keyof CalibrationScores, number | undefined>> = {
      accuracy: expected.accuracy,
      confidence: expected.mean_confidence,
      logLoss: expected.nll,
      brier: expected.brier,
      ece: expected.ece_equal_width,
      mce: expected.mce_equal_width,
      eceEqualMass: expected.ece_equal_mass,
      eceClasswise: expected.classwise_ece,
      aurc: expected.aurc,
    };
    for (const [score, value] of Object.entries(wanted))
      close(scores[score as keyof CalibrationScores], value!, float64_atol, score);
    close(brierScore(probabilities, labels), expected.brier!);
    close(logitLoss(classTable(logits), labels), expected.nll!);
    classwiseError(probabilities, labels).each.forEach((e, k) =>
      close(e, expected.classwise_ece_per_class![k]!),
    );
    const { confidence, right } = topLabels(probabilities, labels);
    const massive = equalMassBins(confidence, right);
    close(largestGap(massive), expected.mce_equal_mass!);
    expected.reliability_equal_mass!.forEach((row, b) => {
      const got = massive[b]!;
      assert.equal(got.count, row.count);
      if (row.count > 0) {
        close(got.confidence, row.confidence!);
        close(got.accuracy, row.accuracy!);
        close(got.lower, row.lowest!);
      }
    });
    expected.reliability_equal_width.forEach((row, b) =>
      assert.equal(equalWidthBins(confidence, right)[b]!.count, row.count),
    );
  });

test("confidences on the edges of bins are where the fixture has them", () => {
  const { inputs, expected } = fixture.cases.find(({ name }) => name === "exact_edges_4_bins")!;
  const { confidence, correct } = inputs as unknown as Record<"confidence" | "correct", number[]>;
  const bins = equalWidthBins(Float64Array.from(confidence), correct, 4);
  close(expectedGap(bins), expected.ece_equal_width);
  close(largestGap(bins), expected.mce_equal_width);
});

for (const { name, logits, labels } of fixtureCases)
  test(`the definitions of torchmetrics, TorchUncertainty, netcal and Kumar's code give the same on "${name}"`, () => {
    const rows = Array.from({ length: logits.windows }, (_, i) =>
      softmax(logits.values.subarray(i * logits.classes, (i + 1) * logits.classes)),
    );
    const scores = calibrationScores(probabilitiesOf(logits), labels);
    const top = rows.map((p, i) => {
      const best = p.indexOf(Math.max(...p));
      return { sure: p[best]!, right: best === labels[i] ? 1 : 0 };
    });
    const mean = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0) / x.length;
    const gap = (some: typeof top): number => mean(some.map((t) => t.right)) - mean(some.map((t) => t.sure));
    // torchmetrics: [lower, upper); no probability of the fixtures lies on an edge
    const wide = Array.from({ length: 15 }, (_, b) => top.filter((t) => Math.floor(t.sure * 15) === b));
    const full = wide.filter((bin) => bin.length > 0);
    close(
      scores.ece,
      full.reduce((sum, bin) => sum + (bin.length / top.length) * Math.abs(gap(bin)), 0),
    );
    close(scores.mce, Math.max(...full.map((bin) => Math.abs(gap(bin)))));
    // netcal's ACE: bins are equally heavy
    close(scores.ace, mean(full.map((bin) => Math.abs(gap(bin)))));
    // TorchUncertainty's adaptive ECE: sorted, then torch.tensor_split, whose first parts are the larger ones
    const sorted = [...top].sort((a, b) => a.sure - b.sure);
    const split = (of: typeof sorted): (typeof sorted)[] => {
      const [least, larger] = [Math.floor(of.length / 15), of.length % 15];
      let at = 0;
      return Array.from({ length: 15 }, (_, b) => of.slice(at, (at += least + (b < larger ? 1 : 0))));
    };
    const massive = split(sorted).filter((bin) => bin.length > 0);
    close(
      scores.eceEqualMass,
      massive.reduce((sum, bin) => sum + (bin.length / top.length) * Math.abs(gap(bin)), 0),
    );
    // Kumar's unbiased_square_ce
    const unbiased = massive.reduce((sum, bin) => {
      if (bin.length < 2) return sum;
      const share = mean(bin.map((t) => t.right));
      return sum + (bin.length / top.length) * (gap(bin) ** 2 - (share * (1 - share)) / (bin.length - 1));
    }, 0);
    close(scores.eceDebiased, Math.sqrt(Math.max(0, unbiased)));
    // Nixon's ACE: each class in ranges of equally many windows
    const ranges = Array.from({ length: logits.classes }, (_, k) => {
      const one = rows.map((p, i) => ({ sure: p[k]!, right: labels[i] === k ? 1 : 0 }));
      const parts = split(one.sort((a, b) => a.sure - b.sure)).filter((bin) => bin.length > 0);
      return mean(parts.map((bin) => Math.abs(gap(bin))));
    });
    close(scores.aceClasswise, mean(ranges));
    // Brier and log-loss, by the sentence
    close(
      scores.brier,
      mean(rows.map((p, i) => p.reduce((s, q, k) => s + (q - (labels[i] === k ? 1 : 0)) ** 2, 0))),
    );
    close(scores.logLoss, -mean(rows.map((p, i) => Math.log(p[labels[i]!]!))));
  });

test("by hand: four windows of two classes", () => {
  // confidences .9 .8 .7 .6, right, right, wrong, right; in halves (.5, 1] all are in one bin of two
  const probabilities = classTable([
    [0.9, 0.1],
    [0.2, 0.8],
    [0.7, 0.3],
    [0.6, 0.4],
  ]);
  const labels = [0, 1, 1, 0];
  const scores = calibrationScores(probabilities, labels, 2);
  const equal = { windows: 4, accuracy: 0.75, confidence: 0.75, ece: 0, mce: 0, ace: 0 };
  for (const [score, value] of Object.entries(equal))
    close(scores[score as keyof CalibrationScores], value, 1e-15, score);
  // two and two: {.6, .7} has .65 and one of two right, {.8, .9} has .85 and both
  close(scores.eceEqualMass, (0.15 + 0.15) / 2);
  // their squares less the variance of a mean of two: (.15² − .25 + .15² − 0) / 2 is below 0
  close(scores.eceDebiased, 0);
  close(scores.logLoss, -(Math.log(0.9) + Math.log(0.8) + Math.log(0.3) + Math.log(0.6)) / 4);
  close(scores.brier, (2 * (0.01 + 0.04 + 0.49 + 0.16)) / 4);
  // the errors, from the surest on: 0, 0, 1/3, 1/4; in the best order: 0, 0, 0, 1/4
  close(scores.aurc, (1 / 3 + 1 / 4) / 4);
  close(scores.excessAurc, 1 / 3 / 4);
  // class 0 has p of .9 .2 .7 .6 and is there in windows 0 and 3: bins {.2} and {.9, .7, .6}, gaps .2 and .0667
  close(classwiseError(probabilities, labels, 2).each[0]!, (0.2 + 3 * (2.2 / 3 - 2 / 3)) / 4);
  assert.deepEqual(
    classBins(probabilities, labels, 0, 2).map(({ count }) => count),
    [1, 3],
  );
  // in fours: .2 | .6 | .7 | .9 against 0 1 0 1
  close(adaptiveClasswiseError(probabilities, labels, 4).each[0]!, (0.2 + 0.4 + 0.7 + 0.1) / 4);
});

test("one pass over bins of equal width gives what the slow way gives, at every edge", () => {
  const edge = fc.integer({ min: 1, max: 15 }).map((b) => b / 15);
  const near = edge.chain((x) => fc.constantFrom(x, x + 1e-16, x - 1e-16, Math.min(1, x * (1 + 2e-16))));
  const promise = fc.oneof(near, fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.array(fc.tuple(promise, fc.integer({ min: 0, max: 1 })), { minLength: 1 }), (pairs) => {
      const [sure, right] = [pairs.map(([p]) => Math.min(1, p)), pairs.map(([, r]) => r)];
      assert.deepEqual(equalWidthBins(Float64Array.from(sure), right), reliability(sure, right));
    }),
    { seed: 1 },
  );
});

test("the order of windows, a constant on all logits and other names for classes change nothing", () => {
  fc.assert(
    fc.property(anyAnswers(2), fc.double({ min: -50, max: 50, noNaN: true }), ({ logits, labels }, shift) => {
      const scores = calibrationScores(probabilitiesOf(logits), labels);
      const same = (other: CalibrationScores, without: readonly string[] = []): void => {
        for (const [name, value] of Object.entries(scores))
          if (!without.includes(name)) close(other[name as keyof CalibrationScores], value, 1e-9, name);
      };
      const backwards = Array.from(labels.keys()).reverse();
      // of equally sure windows on two sides of a cut the order decides
      const cut = ["eceEqualMass", "eceDebiased", "aceClasswise"];
      const turned = calibrationScores(
        probabilitiesOf(pickWindows(logits, backwards)),
        backwards.map((i) => labels[i]!),
      );
      const ties = new Set(logits.values).size < logits.values.length;
      same(turned, ties ? cut : []);
      const renamed = classTable(
        Array.from({ length: logits.windows }, (_, i) => [2, 0, 1].map((k) => logits.values[3 * i + k]!)),
      );
      // logits that are equal have their first class as answer, whatever it is called
      const decided = Array.from({ length: logits.windows }, (_, i) => {
        const row = [...logits.values.subarray(3 * i, 3 * i + 3)].sort((a, b) => b - a);
        return row[0]! - row[1]! > 1e-9;
      }).every(Boolean);
      if (decided) {
        const other = calibrationScores(
          probabilitiesOf(renamed),
          labels.map((label) => [1, 2, 0][label]!),
        );
        same(other, ties ? cut : []);
        const shifted = { ...logits, values: logits.values.map((z) => z + shift) };
        close(logitLoss(shifted, labels), scores.logLoss);
        close(calibrationScores(probabilitiesOf(shifted), labels).brier, scores.brier);
        close(calibrationScores(probabilitiesOf(shifted), labels).aurc, scores.aurc, 1);
      }
    }),
    { seed: 1 },
  );
});

test("what bounds what: |confidence − accuracy| ≤ ECE ≤ MCE ≤ 1, and the Brier score is the sum of its parts", () => {
  fc.assert(
    fc.property(anyAnswers(), ({ logits, labels }) => {
      const p = probabilitiesOf(logits);
      const scores = calibrationScores(p, labels);
      assert.ok(Math.abs(scores.confidence - scores.accuracy) <= scores.ece + 1e-12);
      assert.ok(Math.abs(scores.confidence - scores.accuracy) <= scores.eceEqualMass + 1e-12);
      assert.ok(scores.ece <= scores.mce + 1e-12 && scores.mce <= 1);
      assert.ok(scores.ace <= scores.mce + 1e-12 && scores.excessAurc >= -1e-12);
      assert.ok(scores.sharpness >= -1e-12 && scores.sharpness <= 1);
      const parts = brierParts(p, labels);
      close(parts.score, brierScore(p, labels), 1e-9);
      close(parts.reliability - parts.resolution + parts.uncertainty + parts.within, parts.score, 1e-9);
      close(logLoss(p, labels), scores.logLoss);
    }),
    { seed: 1 },
  );
});

test("the squared gap of a calibrated model is too large by chance, and the debiased one is not", () => {
  // 400 draws of 60 windows that are right as often as they say
  let state = 1;
  const next = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  let [plain, debiased] = [0, 0];
  const draws = 400;
  for (let draw = 0; draw < draws; draw++) {
    const sure = Float64Array.from({ length: 60 }, () => 0.5 + next() / 2);
    const bins = equalMassBins(
      sure,
      Uint8Array.from(sure, (p) => (next() < p ? 1 : 0)),
      5,
    );
    plain += squaredGap(bins) / draws;
    debiased += debiasedSquaredGap(bins) / draws;
  }
  // chance adds mean p (1 − p) / 12 = (1/6) / 12 = 0.0139; one draw scatters by about as much, the mean of 400 by 0.0007
  assert.ok(plain > 0.01 && plain < 0.018, `${plain}`);
  assert.ok(Math.abs(debiased) < 0.003, `${debiased}`);
});

test("netcal's average is of bins, not of windows", () => {
  const bins = equalWidthBins(Float64Array.from([0.2, 0.9, 0.9, 0.9]), [0, 1, 1, 1], 2);
  close(averageGap(bins), (0.2 + 0.1) / 2);
  close(expectedGap(bins), (0.2 + 3 * 0.1) / 4);
});

test("a label that is no class, or none, is named", () => {
  const p = classTable([[0.5, 0.5]]);
  assert.throws(() => calibrationScores(p, [2]), {
    message: "calibrationScores: window 0: expected a class id below 2, got 2; use the ids of one space",
  });
  assert.throws(() => calibrationScores(p, []), {
    message:
      "calibrationScores: expected a label for each of 1 windows, got 0; take both from the same windows",
  });
  assert.throws(() => calibrationScores(classTable([]), []), /expected windows, got none/);
  assert.throws(() => classTable([[1], [1, 2]]), {
    message: "classTable: window 1: expected 1 classes, got 2; take all rows from one model",
  });
});
