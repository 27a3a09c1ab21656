/** Each figure on a few rows: drawn without a warning, with the words and the numbers that a reader should find. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { attentionByClassFigure } from "fusion/dist/figures/attention-by-class";
import { attentionMapFigure } from "fusion/dist/figures/attention-map";
import { attentionOverSignalFigure } from "fusion/dist/figures/attention-over-signal";
import { beforeAndAfterFigure } from "fusion/dist/figures/before-and-after";
import { channelQuantilesFigure } from "fusion/dist/figures/channel-quantiles";
import { collapseCurvesFigure } from "fusion/dist/figures/collapse-curves";
import { collapseLadderFigure } from "fusion/dist/figures/collapse-ladder";
import { conformalCoverageFigure } from "fusion/dist/figures/conformal-coverage";
import { confusionMatrixFigure } from "fusion/dist/figures/confusion-matrix";
import { costByModalitiesFigure } from "fusion/dist/figures/cost-by-modalities";
import { costAndScoreFigure } from "fusion/dist/figures/cost-and-score";
import { crossModalMatrixFigure } from "fusion/dist/figures/cross-modal-matrix";
import { dataFlowFigure } from "fusion/dist/figures/data-flow";
import { degradationFigure } from "fusion/dist/figures/degradation";
import { drawFigure } from "fusion/dist/figures/draw";
import { encoderCostFigure } from "fusion/dist/figures/encoder-cost";
import { fusionWeightsByClassFigure } from "fusion/dist/figures/fusion-weights-by-class";
import { importanceFigure } from "fusion/dist/figures/importance";
import { leakAuditFigure } from "fusion/dist/figures/leak-audit";
import { lossOfModalitiesFigure } from "fusion/dist/figures/loss-of-modalities";
import { maskPictureFigure } from "fusion/dist/figures/mask-picture";
import { methodScoresFigure } from "fusion/dist/figures/method-scores";
import { missingOverTimeFigure } from "fusion/dist/figures/missing-over-time";
import { missingnessFigure } from "fusion/dist/figures/missingness";
import { oneKeyFigure } from "fusion/dist/figures/one-key";
import { pairedDifferencesFigure } from "fusion/dist/figures/paired-differences";
import { priceOfLeakageFigure } from "fusion/dist/figures/price-of-leakage";
import { rankAgreementFigure } from "fusion/dist/figures/rank-agreement";
import { receptiveFieldFigure } from "fusion/dist/figures/receptive-field";
import { reliabilityFigure } from "fusion/dist/figures/reliability";
import { riskCoverageFigure } from "fusion/dist/figures/risk-coverage";
import { robustnessFigure } from "fusion/dist/figures/robustness";
import { samplingIntervalsFigure } from "fusion/dist/figures/sampling-intervals";
import { scoresAndCeilingsFigure } from "fusion/dist/figures/scores-and-ceilings";
import { segmentTimelineFigure } from "fusion/dist/figures/segment-timeline";
import { separabilityFigure } from "fusion/dist/figures/separability";
import { signalsFigure } from "fusion/dist/figures/signals";
import { signaturesFigure } from "fusion/dist/figures/signatures";
import { spacePlaneFigure } from "fusion/dist/figures/space-plane";
import { splitPictureFigure } from "fusion/dist/figures/split-picture";
import { stepInfluenceFigure } from "fusion/dist/figures/step-influence";
import { subjectScoresFigure } from "fusion/dist/figures/subject-scores";
import { subjectsByActivityFigure } from "fusion/dist/figures/subjects-by-activity";
import { subsetTableFigure } from "fusion/dist/figures/subset-table";
import { tokenPictureFigure } from "fusion/dist/figures/token-picture";
import { trainingCurvesFigure } from "fusion/dist/figures/training-curves";
import { twoThermometersFigure } from "fusion/dist/figures/two-thermometers";
import { weightAndWorthFigure } from "fusion/dist/figures/weight-and-worth";
import { windowsLostFigure } from "fusion/dist/figures/windows-lost";
import type { TopLevelSpec } from "vega-lite";

/** An empty list of rows where it is to be refused, the alternative text, and words and numbers to be seen. */
interface Example {
  readonly spec: TopLevelSpec;
  readonly empty: () => TopLevelSpec;
  readonly said: string;
  readonly seen: readonly string[];
}

const quantiles = { p05: -2, p25: -1, p50: 0.5, p75: 1, p95: 2 };
const stretch = { split: "random", subject: "101", startSeconds: 0, endSeconds: 3, windows: 3 };
const means = [
  { split: "random", mean: 0.9, lower: 0.85, upper: 0.95 },
  { split: "leave-one-subject-out", mean: 0.61, lower: 0.5, upper: 0.72 },
];

const examples: Readonly<Record<string, Example>> = {
  maskPictureFigure: {
    spec: maskPictureFigure(
      ["MCA", "Zorro"].flatMap((mask) =>
        [0, 1].flatMap((row) =>
          [0, 1].map((column) => ({
            ...{ mask, row, column, query: `t${row}`, key: `t${column}` },
            allowed: row === column || mask === "Zorro",
          })),
        ),
      ),
    ),
    empty: () => maskPictureFigure([]),
    said: "Pairs of tokens that may look: MCA 2 of 4, Zorro 4 of 4.",
    seen: ["Who may look at whom", "MCA", "Zorro", "t0", "t1", "may look", "answers"],
  },
  lossOfModalitiesFigure: {
    spec: lossOfModalitiesFigure(
      [0, 0.6].map((testedAt) => ({
        ...{ method: "MCA", trainedAt: "trained at p = 0", testedAt, mean: 0.8 - testedAt, lower: 0.1, upper: 0.9 },
      })),
      "accuracy",
      0.25,
    ),
    empty: () => lossOfModalitiesFigure([], "accuracy", 0.25),
    said: "accuracy by the chance of losing a modality: MCA 0.80 at 0, 0.20 at 0.6; the commonest class 0.25.",
    seen: ["MCA", "accuracy", "trained at p = 0", "0.6"],
  },
  spacePlaneFigure: {
    spec: spacePlaneFigure([
      { method: "MCA", p: 0, alignment: 1.2, uniformity: -1.6 },
      { method: "Zorro", p: 0.6, alignment: 1.1, uniformity: -0.9 },
    ]),
    empty: () => spacePlaneFigure([]),
    said: "Alignment and uniformity of each space: MCA at 0 1.20 and -1.60, Zorro at 0.6 1.10 and -0.90.",
    seen: ["MCA", "Zorro", "uniformity of the fused embeddings", "0.6"],
  },
  costByModalitiesFigure: {
    spec: costByModalitiesFigure(
      [2, 3].flatMap((modalities) => [
        { method: "MCA", modalities, quantity: "parameters", value: 1000 * modalities },
        { method: "Zorro", modalities, quantity: "parameters", value: 900 * modalities },
      ]),
    ),
    empty: () => costByModalitiesFigure([]),
    said: "With 3 modalities: MCA 3.00e+3 parameters, Zorro 2.70e+3 parameters.",
    seen: ["MCA", "Zorro", "parameters", "modalities"],
  },
  scoresAndCeilingsFigure: {
    spec: scoresAndCeilingsFigure(
      [
        { model: "EEG alone", kind: "one modality", protocol: "other trials", score: 0.31 },
        { model: "gated", kind: "corrected", protocol: "other people", score: 0.5 },
      ],
      [{ name: "both together", score: 0.778 }],
      "accuracy",
    ),
    empty: () => scoresAndCeilingsFigure([], [], "accuracy"),
    said: "accuracy of EEG alone, other trials, 0.310, gated, other people, 0.500; the best possible: both together 0.778.",
    seen: ["both together", "gated", "accuracy", "other people"],
  },
  reliabilityFigure: {
    spec: reliabilityFigure(
      ["before", "after"].map((panel) => ({
        ...{ panel, lower: 0.8, upper: 0.9, count: 20, confidence: 0.85, accuracy: panel === "before" ? 0.6 : 0.85 },
        ...{ accuracyLower: 0.5, accuracyUpper: 0.9 },
      })),
      { before: "ECE 0.250", after: "ECE 0.000" },
    ),
    empty: () => reliabilityFigure([], {}),
    said: "Reliability: before: ECE 0.250 over 1 bins, promised more than came by 0.250 on average, after: ECE 0.000 over 1 bins, promised more than came by 0.000 on average.",
    seen: ["confidence", "accuracy", "windows", "ECE 0.250"],
  },
  riskCoverageFigure: {
    spec: riskCoverageFigure([
      { method: "early", coverage: 0.5, risk: 0.1 },
      { method: "early", coverage: 1, risk: 0.3 },
    ]),
    empty: () => riskCoverageFigure([]),
    said: "Share of errors by the share of windows answered: early 0.100 on the surer half and 0.300 on all.",
    seen: ["share of windows answered", "share of errors among them", "early"],
  },
  conformalCoverageFigure: {
    spec: conformalCoverageFigure(
      [
        { method: "early", subject: "101", covered: 0.5 },
        { method: "early", subject: "102", covered: 1 },
      ],
      { early: 0.8 },
      0.9,
    ),
    empty: () => conformalCoverageFigure([], {}, 0.9),
    said: "Coverage of sets that promise 0.9: early 0.800 in all, by person 0.50 to 1.00.",
    seen: ["Promised: 0.9", "share of sets that hold the truth"],
  },
  beforeAndAfterFigure: {
    spec: beforeAndAfterFigure(
      [
        { set: "hand", correction: "none", score: 0.9 },
        { set: "hand", correction: "temperature", score: 0.5 },
      ],
      "NLL (nats)",
    ),
    empty: () => beforeAndAfterFigure([], "NLL (nats)"),
    said: "NLL (nats) by sensors left: hand none 0.90 temperature 0.50.",
    seen: ["NLL (nats)", "sensors left", "temperature"],
  },
  degradationFigure: {
    spec: degradationFigure(
      [1, 2, 3].flatMap((sensors) =>
        ["early", "late"].map((method, m) => ({ method, sensors, mean: 0.25 * sensors + m / 8, lower: 0.2 * sensors, upper: 0.3 * sensors })),
      ),
      [{ method: "early", lost: "chest", sensors: 2, mean: 0.375 }],
      "macro-F1",
    ),
    empty: () => degradationFigure([], [], "macro-F1"),
    said: "macro-F1 with 3, 2, 1 sensors left: early 0.75, 0.50, 0.25 (without chest 0.38), late 0.88, 0.63, 0.38.",
    seen: ["What is left when sensors go", "early", "late", "chest", "sensors left", "macro-F1", "3", "1"],
  },
  importanceFigure: {
    spec: importanceFigure(
      ["hand", "heart"].flatMap((sensor, s) =>
        ["Shapley", "published"].map((measure) => ({ sensor, measure, mean: 0.5 - s / 2, lower: 0.4 - s / 2, upper: 0.6 - s / 2 })),
      ),
      "accuracy",
    ),
    empty: () => importanceFigure([], "accuracy"),
    said: "What each sensor is worth in accuracy: Shapley hand 0.50, heart 0.00, published hand 0.50, heart 0.00.",
    seen: ["hand", "heart", "Shapley", "published", "worth (accuracy)", "measure"],
  },
  rankAgreementFigure: {
    spec: rankAgreementFigure(
      ["its own", "of another window"].map((weights, i) => ({ model: "hybrid", weights, mean: 0.5 - i / 4, lower: 0.25 - i / 4, upper: 0.75 - i / 4 })),
    ),
    empty: () => rankAgreementFigure([]),
    said: "Rank correlation of a window's weights with what its answer needs: hybrid, its own 0.50 (0.25 to 0.75); hybrid, of another window 0.25 (0.00 to 0.50).",
    seen: ["hybrid", "its own", "of another window", "Kendall's τ (1)", "weights"],
  },
  robustnessFigure: {
    spec: robustnessFigure(
      [0, 0.5, 1].flatMap((amount) => ["noise", "delay"].map((kind) => ({ method: "early", kind, unit: kind === "delay" ? "s" : "deviations", amount, mean: 1 - amount / 2, lower: 0.9 - amount / 2, upper: 1 - amount / 4 }))),
      "accuracy",
      "one sensor",
    ),
    empty: () => robustnessFigure([], "accuracy", "one sensor"),
    said: "accuracy when one sensor fails: noise early 0.50 to 1.00, delay early 0.50 to 1.00.",
    seen: ["noise", "delay", "early", "amount (deviations)", "amount (s)", "accuracy", "0.5"],
  },
  subsetTableFigure: {
    spec: subsetTableFigure(
      ["none", "hand", "hand+heart"].flatMap((set, s) => ["early", "late"].map((method, m) => ({ method, set, score: s / 4 + m / 8 }))),
      "macro-F1",
    ),
    empty: () => subsetTableFigure([], "macro-F1"),
    said: "macro-F1 by the sensors that are left, best method of each: none 0.13 (late), hand 0.38 (late), hand+heart 0.63 (late).",
    seen: ["none", "hand", "hand+heart", "early", "late", "0.25", "0.50", "method", "sensors left", "macro-F1 (1)"],
  },
  weightAndWorthFigure: {
    spec: weightAndWorthFigure(
      ["hand", "heart"].map((sensor, s) => ({ subject: "101", class: "up", sensor, weight: 0.75 - s / 2, worth: s / 4 })),
      "attention (1)",
      "Shapley value (1)",
    ),
    empty: () => weightAndWorthFigure([], "attention (1)", "Shapley value (1)"),
    said: "attention (1) and Shapley value (1) of each sensor, means over subjects and classes: hand 0.75 and 0.00, heart 0.25 and 0.25.",
    seen: ["hand", "heart", "attention (1)", "Shapley value (1)", "Looked at, and needed"],
  },
  attentionByClassFigure: {
    spec: attentionByClassFigure(
      [
        { class: "up", key: "hand", weight: 0.25 },
        { class: "up", key: "chest", weight: 0.75 },
        { class: "down", key: "hand", weight: 0.625 },
        { class: "down", key: "chest", weight: 0.375 },
      ],
      "key modality",
    ),
    empty: () => attentionByClassFigure([], "key modality"),
    said: "Mean attention weight by class; each looks most at: up chest (0.75), down hand (0.63).",
    seen: ["up", "down", "hand", "chest", "0.25", "0.75", "key modality", "class", "weight (1)"],
  },
  attentionMapFigure: {
    spec: attentionMapFigure(
      ["head 1", "head 2"].flatMap((head, h) =>
        ["a", "b"].flatMap((query, q) =>
          [0.5, 1, 1.5].map((key, k) => ({ head, query, key, weight: [0.5, 0.3, 0.2][(h + q + k) % 3]!, truth: k === q })),
        ),
      ),
      { query: "hand token", key: "chest token (s)" },
    ),
    empty: () => attentionMapFigure([], { query: "hand token", key: "chest token (s)" }),
    said: "Attention weights of 2 queries over 3 keys; largest: head 1 0.50 from a to 0.5, head 2 0.50 from a to 1.5.",
    seen: ["head 1", "head 2", "a", "b", "1.5", "0.50", "0.30", "hand token", "chest token (s)", "weight (1)"],
  },
  attentionOverSignalFigure: {
    spec: attentionOverSignalFigure(
      ["hand", "chest"].flatMap((sensor) => [0, 0.5, 1].map((seconds) => ({ sensor, seconds, value: seconds ** 2 }))),
      [
        { sensor: "chest", startSeconds: 0, endSeconds: 0.5, weight: 0.2 },
        { sensor: "chest", startSeconds: 0.5, endSeconds: 1, weight: 0.8 },
      ],
      "acceleration (m/s²)",
      [{ sensor: "chest", startSeconds: 0.5, endSeconds: 1 }],
    ),
    empty: () => attentionOverSignalFigure([], [], "acceleration (m/s²)"),
    said:
      "Largest attention weights: none at hand, 0.80 at chest from 0.50 to 1.00 s; " +
      "the answer lies at chest 0.50 to 1.00 s; acceleration (m/s²) as a line.",
    seen: ["hand", "chest", "acceleration (m/s²)", "time (s)", "weight (1)"],
  },
  channelQuantilesFigure: {
    spec: channelQuantilesFigure([
      { stage: "before scaling", channel: "hand acc x (m/s²)", subject: "101", ...quantiles },
      { stage: "after scaling", channel: "hand acc x (m/s²)", subject: "101", ...quantiles, p50: 0.25 },
    ]),
    empty: () => channelQuantilesFigure([]),
    said:
      "Median and 5th to 95th percentile: hand acc x (m/s²) before scaling, 101: 0.50 (-2.00 to 2.00), " +
      "hand acc x (m/s²) after scaling, 101: 0.25 (-2.00 to 2.00).",
    seen: ["hand acc x (m/s²)", "hand acc x (m/s²), after scaling", "scaled (1)", "101"],
  },
  collapseCurvesFigure: {
    spec: collapseCurvesFigure(
      [1, 2].flatMap((sensors) => [
        { panel: "simulated", line: "as published", sensors, mean: 0.2 * sensors, lower: 0.1, upper: 0.5 },
        { panel: "real", line: "mended", sensors, mean: 0.3 * sensors, lower: 0.2, upper: 0.7 },
      ]),
      "The fall",
      { simulated: 0.12 },
    ),
    empty: () => collapseCurvesFigure([], "The fall"),
    said: "Accuracy by number of sensors, 1 to 2; with one: simulated, as published 0.20, real, mended 0.30.",
    seen: ["The fall", "simulated", "real", "as published", "mended", "accuracy", "sensors left"],
  },
  collapseLadderFigure: {
    spec: collapseLadderFigure(
      [1, 2].flatMap((sensors) => [
        { change: "features zeroed", acts: "asked", sensors, mean: -1.25 * sensors, lower: -3, upper: 0 },
        { change: "scaled", acts: "trained", sensors, mean: 12 * sensors, lower: 8, upper: 30 },
      ]),
      "What gives points back",
    ),
    empty: () => collapseLadderFigure([], "What gives points back"),
    said: "Points of accuracy above the published model, with 1 sensor left: features zeroed −1.3, scaled +12.0.",
    seen: ["What gives points back", "features zeroed", "scaled", "asked", "trained", "1 sensor left", "2 sensors left", "points of accuracy"],
  },
  confusionMatrixFigure: {
    spec: confusionMatrixFigure([
      { truth: "up", predicted: "up", windows: 1200, share: 0.75 },
      { truth: "up", predicted: "down", windows: 400, share: 0.25 },
      { truth: "down", predicted: "up", windows: 0, share: 0 },
      { truth: "down", predicted: "down", windows: 7, share: 1 },
    ]),
    empty: () => confusionMatrixFigure([]),
    said: "1,207 of 1,607 windows are right; most often wrong: up taken for down 400 (25.0 %).",
    seen: ["1,200", "400", "7", "up", "down", "truth", "predicted", "share of truth (%)"],
  },
  costAndScoreFigure: {
    spec: costAndScoreFigure(
      [
        { method: "early", kind: "fusion", cost: 2, mean: 0.8, lower: 0.7, upper: 0.9 },
        { method: "hand", kind: "one sensor", cost: 0.5, mean: 0.6, lower: 0.5, upper: 0.65 },
      ],
      "inference (ms a window)",
      "macro-F1",
    ),
    empty: () => costAndScoreFigure([], "inference (ms a window)", "macro-F1"),
    said: "Mean macro-F1 and inference (ms a window): early 0.800 for 2.00, hand 0.600 for 0.500.",
    seen: ["early", "hand", "fusion", "one sensor", "macro-F1", "inference (ms a window)"],
  },
  crossModalMatrixFigure: {
    spec: crossModalMatrixFigure([
      { query: "hand", key: "hand", share: 0.25, class: "up" },
      { query: "hand", key: "chest", share: 0.75, class: "up" },
      { query: "chest", key: "hand", share: NaN, class: "up" },
      { query: "hand", key: "hand", share: 1, class: "down" },
    ]),
    empty: () => crossModalMatrixFigure([]),
    said:
      "Attention from modality to modality, largest shares first: " +
      "hand to hand during down 100.0 %, hand to chest during up 75.0 %, hand to hand during up 25.0 %.",
    seen: ["up", "down", "hand", "chest", "25%", "75%", "100%", "who", "looks at", "share of a row (%)"],
  },
  dataFlowFigure: {
    spec: dataFlowFigure(
      {
        boxes: [
          { way: "early", label: "hand", column: 0, row: 0, kind: "sensor" },
          { way: "early", label: "side by side", column: 1, row: 0.5, kind: "together" },
        ],
        arrows: [{ way: "early", from: [0, 0], to: [1, 0.5] }],
      },
      "One way",
    ),
    empty: () => dataFlowFigure({ boxes: [{ way: "early", label: "hand", column: 0, row: 0, kind: "sensor" }], arrows: [] }, "One way"),
    said: "One way. early: hand, side by side.",
    seen: ["early", "hand", "side by side", "One way", "what", "sensor", "together"],
  },
  encoderCostFigure: {
    spec: encoderCostFigure([
      { model: "LSTM 64", batch: 32, way: "PyTorch", ratio: 1.04, ratioLower: 1, ratioUpper: 1.1, target: 1.1 },
      { model: "LSTM 64", batch: 32, way: "stock", ratio: 0.05, ratioLower: 0.04, ratioUpper: 0.06, target: null },
      { model: "CNN", batch: 128, way: "PyTorch", ratio: 0.7, ratioLower: 0.6, ratioUpper: 0.8, target: 0.75 },
    ]),
    empty: () => encoderCostFigure([]),
    said:
      "Time of a training step as a multiple of another library's, below 1 is faster: " +
      "LSTM 64, batch 32, PyTorch 1.04, LSTM 64, batch 32, stock 0.05, CNN, batch 128, PyTorch 0.70.",
    seen: ["LSTM 64", "CNN", "batch 32", "batch 128", "1.04", "0.70", "our time / theirs (1)", "beside", "0.05"],
  },
  fusionWeightsByClassFigure: {
    spec: fusionWeightsByClassFigure([
      { method: "hybrid", class: "up", sensor: "hand", weight: 0.25 },
      { method: "hybrid", class: "up", sensor: "chest", weight: 0.75 },
      { method: "late", class: "up", sensor: "hand", weight: 0.5 },
      { method: "late", class: "up", sensor: "chest", weight: 0.5 },
    ]),
    empty: () => fusionWeightsByClassFigure([]),
    said: "Weight of each sensor by class, largest first: hybrid, up: chest 75 %, late, up: hand 50 %, late, up: chest 50 %, hybrid, up: hand 25 %.",
    seen: ["hybrid", "late", "up", "hand", "chest", "75%", "50%", "25%", "sensor", "weight (%)"],
  },
  leakAuditFigure: {
    spec: leakAuditFigure([
      { split: "random", shares: "samples", windows: 930, testWindows: 940 },
      { split: "leave-one-subject-out", shares: "samples", windows: 0, testWindows: 940 },
    ]),
    empty: () => leakAuditFigure([]),
    said:
      "Share of test windows that have something in common with training. " +
      "random: samples 98.9 %; leave-one-subject-out: samples 0.0 %.",
    seen: ["99 % (930)", "0 % (0)", "random", "leave-one-subject-out", "samples", "test windows (%)"],
  },
  methodScoresFigure: {
    spec: methodScoresFigure(
      [
        { method: "hybrid", kind: "fusion", mean: 0.8, lower: 0.7, upper: 0.9, bySubject: { 101: 0.7, 102: 0.9 } },
        { method: "only hand", kind: "one sensor", mean: 0.5, lower: 0.4, upper: 0.6, bySubject: { 101: 0.4, 102: 0.6 } },
      ],
      "macro-F1",
      0.125,
    ),
    empty: () => methodScoresFigure([], "macro-F1", 0.125),
    said: "Mean macro-F1 over 2 held-out subjects with 95 % interval: hybrid 0.800 (0.700 to 0.900), only hand 0.500 (0.400 to 0.600); floor 0.125.",
    seen: ["hybrid", "only hand", "0.800", "0.500", "fusion", "one sensor", "macro-F1"],
  },
  missingOverTimeFigure: {
    spec: missingOverTimeFigure([
      { subject: "0A", sensor: "watch", part: 0, share: 1 },
      { subject: "0A", sensor: "watch", part: 1, share: 0.5 },
      { subject: "0A", sensor: "audio", part: 0, share: 0 },
      { subject: "0A", sensor: "audio", part: 1, share: 0 },
    ]),
    empty: () => missingOverTimeFigure([]),
    said: "What is missing over time, by person: watch in 75 % of a person's time on average, audio in 0 % of a person's time on average.",
    seen: ["When it is missing", "watch", "audio", "0A", "each person's samples in 2 equal parts, from the first to the last"],
  },
  missingnessFigure: {
    spec: missingnessFigure([
      { subject: "101", sensor: "hand", share: 0.0101 },
      { subject: "101", sensor: "heart", share: 0.9 },
      { subject: "102", sensor: "hand", share: 0.0001 },
      { subject: "102", sensor: "heart", share: 1 },
      { subject: "103", sensor: "hand", share: 0 },
    ]),
    empty: () => missingnessFigure([]),
    said:
      "Missing values by sensor and subject, most first: heart of 102 100.0 %, heart of 101 90.0 %, " +
      "hand of 101 1.0 %, hand of 102 under 0.1 %, hand of 103 0.0 %.",
    seen: ["all", "90%", "1.0%", "&lt;0.1%", "0"],
  },
  oneKeyFigure: {
    spec: oneKeyFigure(
      [
        { keys: "one vector", window: "first", key: 0, weight: 1 },
        { keys: "tokens", window: "first", key: 0, weight: 0.125 },
        { keys: "tokens", window: "first", key: 1, weight: 0.875 },
      ],
      "key of the chest",
    ),
    empty: () => oneKeyFigure([], "key of the chest"),
    said: "Attention weights of 1 windows, by number of keys: one vector, 1: 1.00 to 1.00; tokens, 2: 0.13 to 0.88.",
    seen: ["one vector", "tokens", "first", "1.00", "key of the chest", "window", "weight (1)"],
  },
  pairedDifferencesFigure: {
    spec: pairedDifferencesFigure(
      [
        {
          ...{ first: "hybrid", second: "early", mean: 0.03, lower: -0.01, upper: 0.07, verdict: "not worse by more than 2 points" },
          each: [{ subject: "101", difference: 0.06 }, { subject: "102", difference: 0 }],
        },
        { first: "late", second: "early", mean: -0.1, lower: -0.2, upper: 0.1, verdict: "undecided", each: [{ subject: "101", difference: -0.1 }] },
      ],
      "macro-F1",
    ),
    empty: () => pairedDifferencesFigure([], "macro-F1"),
    said:
      "Difference in macro-F1, person by person, mean with 95 % interval: " +
      "hybrid − early +0.030 (−0.010 to +0.070), not worse by more than 2 points, late − early −0.100 (−0.200 to +0.100), undecided.",
    seen: ["hybrid − early", "late − early", "undecided", "not worse by more than 2 points", "difference in macro-F1"],
  },
  signaturesFigure: {
    spec: signaturesFigure([
      { of: "rich, the source", dim: 2, mean: [1, 0, -0.5, 2], distance: 0 },
      { of: "poor, alone", dim: 2, mean: [0, 1, 0.5, -1], distance: 3.5 },
    ]),
    empty: () => signaturesFigure([]),
    said: "Mean signatures, and how far each is from the first: rich, the source 0.00, poor, alone 3.50.",
    seen: ["Signatures on new people", "rich, the source", "poor, alone", "mean distance 3.50", "key (1 to 2)"],
  },
  priceOfLeakageFigure: {
    spec: priceOfLeakageFigure(
      [
        { subject: "101", split: "random", score: 0.88 },
        { subject: "101", split: "leave-one-subject-out", score: 0.6 },
        { subject: "102", split: "random", score: 0.92 },
        { subject: "102", split: "leave-one-subject-out", score: 0.62 },
      ],
      means,
      "macro-F1",
    ),
    empty: () => priceOfLeakageFigure([], means, "macro-F1"),
    said:
      "Mean macro-F1 over 2 held-out subjects with 95 % interval: random 0.900 (0.850 to 0.950), " +
      "leave-one-subject-out 0.610 (0.500 to 0.720).",
    seen: ["0.90", "0.61", "101", "102", "macro-F1 of the held-out subject"],
  },
  receptiveFieldFigure: {
    spec: receptiveFieldFigure([
      { encoder: "conv", token: 0, firstStep: 0, lastStep: 4, seconds: 0.1 },
      { encoder: "conv", token: 1, firstStep: 3, lastStep: 9, seconds: 0.14 },
      { encoder: "transformer", token: 0, firstStep: 0, lastStep: 9, seconds: 0.2 },
    ]),
    empty: () => receptiveFieldFigure([]),
    said:
      "Tokens of each encoder and the steps of the window that they see: conv 2, the middle one sees 7 steps (0.14 s), " +
      "transformer 1, the middle one sees 10 steps (0.20 s).",
    seen: ["conv", "transformer", "the middle token sees 7 steps (0.14 s)", "step of the window", "token"],
  },
  samplingIntervalsFigure: {
    spec: samplingIntervalsFigure([
      { sensor: "hand", lowerMilliseconds: 7.5, upperMilliseconds: 12.5, intervals: 1500 },
      { sensor: "hand", lowerMilliseconds: 17.5, upperMilliseconds: 22.5, intervals: 1 },
      { sensor: "heart", lowerMilliseconds: 105, upperMilliseconds: 115, intervals: 90 },
    ]),
    empty: () => samplingIntervalsFigure([]),
    said: "Time between samples: hand most often 7.5 to 12.5 ms (1,500), heart most often 105 to 115 ms (90).",
    seen: ["hand", "heart", "time between samples (ms)", "1k"],
  },
  segmentTimelineFigure: {
    spec: segmentTimelineFigure([
      { subject: "101", activity: "stairs up", startMinutes: 1, endMinutes: 2 },
      { subject: "101", activity: "running", startMinutes: 3, endMinutes: 5 },
      { subject: "102", activity: "running", startMinutes: 3, endMinutes: 5 },
    ]),
    empty: () => segmentTimelineFigure([]),
    said: "3 segments of 2 activities over time; by subject: 101 2, 102 1.",
    seen: ["stairs up", "running", "101", "102", "time on the recording's clock (min)"],
  },
  separabilityFigure: {
    spec: separabilityFigure([
      { sensor: "hand", first: "up", second: "down", told: "none" },
      { sensor: "hand", first: "down", second: "up", told: "none" },
      { sensor: "chest", first: "up", second: "down", told: "weak" },
      { sensor: "chest", first: "down", second: "up", told: "clear" },
    ]),
    empty: () => separabilityFigure([]),
    said: "Pairs of activities that a sensor alone cannot tell apart, by design: hand 2 of 2, chest 0 of 2.",
    seen: ["hand", "chest", "none", "weak", "clear"],
  },
  signalsFigure: {
    spec: signalsFigure(
      [NaN, 1, 2, 3].flatMap((value, i) =>
        ["x", "y"].map((channel) => ({ activity: "up", sensor: "hand", channel, seconds: i / 100, value })),
      ),
      "acceleration (m/s²)",
    ),
    empty: () => signalsFigure([], "acceleration (m/s²)"),
    said: "acceleration (m/s²) of hand during up: 8 samples, of which 2 are missing.",
    seen: ["up", "hand", "acceleration (m/s²)", "time (s)", "x", "y"],
  },
  splitPictureFigure: {
    spec: splitPictureFigure([
      { ...stretch, part: "train" },
      { ...stretch, part: "test", startSeconds: 3, endSeconds: 5, windows: 2 },
      { ...stretch, part: "unused", subject: "102" },
    ]),
    empty: () => splitPictureFigure([]),
    said: "Windows by part. random: train 3, test 2, unused 3.",
    seen: ["train", "test", "unused", "random", "101", "102", "time of the windows (s)"],
  },
  stepInfluenceFigure: {
    spec: stepInfluenceFigure(
      [0.01, 1, 0.5].map((share, i) => ({ encoder: "conv", seconds: i / 2, share })),
    ),
    empty: () => stepInfluenceFigure([]),
    said: "Steps that change a token by 5 % of the largest change or more: conv from 0.50 to 1.00 s.",
    seen: ["conv", "time (s)", "share (1)"],
  },
  subjectScoresFigure: {
    spec: subjectScoresFigure(
      [
        { model: "CNN", subject: "101", score: 0.8, floor: 0.3 },
        { model: "logistic", subject: "101", score: 0.6, floor: NaN },
      ],
      [
        { model: "CNN", mean: 0.8, lower: 0.7, upper: 0.9 },
        { model: "logistic", mean: 0.6, lower: 0.5, upper: 0.7 },
      ],
      "accuracy",
    ),
    empty: () => subjectScoresFigure([], [{ model: "CNN", mean: 0.8, lower: 0.7, upper: 0.9 }], "accuracy"),
    said:
      "Mean accuracy over 1 held-out subjects with 95 % interval: CNN 0.800 (0.700 to 0.900), " +
      "logistic 0.600 (0.500 to 0.700).",
    seen: ["CNN", "logistic", "101", "mean", "accuracy"],
  },
  subjectsByActivityFigure: {
    spec: subjectsByActivityFigure([
      { subject: "101", class: "up", seconds: 1234.4, segments: 2 },
      { subject: "101", class: "down", seconds: 80, segments: 1 },
      { subject: "102", class: "up", seconds: 0.01, segments: 1 },
    ]),
    empty: () => subjectsByActivityFigure([]),
    said: "Seconds of 2 activities of 2 subjects, 1,314 s in all; 102 lacks down.",
    seen: ["1,234", "in 2", "80", "&lt;1", "duration (s)"],
  },
  tokenPictureFigure: {
    spec: tokenPictureFigure(
      [0, 1].flatMap((token) =>
        [0, 1, 2].map((dim) => ({ encoder: "conv", token, dim, value: dim - token, startSeconds: token, endSeconds: token + 1 })),
      ),
      [0, 1, 2].map((seconds) => ({ seconds, value: 9.81 })),
      "acceleration (m/s²)",
    ),
    empty: () => tokenPictureFigure([], [], "acceleration (m/s²)"),
    said: "One window as tokens: conv 2 tokens of 3 numbers; above them the signal, acceleration (m/s²).",
    seen: ["conv", "number", "time (s)", "acceleration (m/s²)", "largest (1)"],
  },
  trainingCurvesFigure: {
    spec: trainingCurvesFigure(
      [1, 2, 3].flatMap((epoch) => [
        { epoch, part: "train", quantity: "loss", value: 1 / epoch },
        { epoch, part: "stop", quantity: "loss", value: 1.5 / epoch },
        { epoch, part: "stop", quantity: "accuracy", value: 0.3 * epoch },
      ]),
      2,
    ),
    empty: () => trainingCurvesFigure([], 2),
    said:
      "Learning over 3 epochs; weights of epoch 2 are kept, with loss (train) 0.500, loss (stop) 0.750, accuracy (stop) 0.600.",
    seen: ["loss", "accuracy", "train", "stop", "epoch"],
  },
  twoThermometersFigure: {
    spec: twoThermometersFigure([{ estimate: "mean", error: 0.71, theory: 0.7 }]),
    empty: () => twoThermometersFigure([]),
    said: "Root mean square error in degrees Celsius: mean 0.71.",
    seen: ["mean", "root mean square error (°C)"],
  },
  windowsLostFigure: {
    spec: windowsLostFigure([
      { processing: "published", asked: "all complete", kept: 4798, lost: 1466 },
      { processing: "corrected", asked: "anything measured", kept: 3013, lost: 0 },
    ]),
    empty: () => windowsLostFigure([]),
    said:
      "Windows lost: published, all complete: 23.4 % of 6,264; corrected, anything measured: 0.0 % of 3,013.",
    seen: ["1,466 of 6,264 (23.4 %)", "0 of 3,013 (0.0 %)", "published", "corrected", "lost", "kept"],
  },
};

for (const [name, { spec, empty, said, seen }] of Object.entries(examples)) {
  test(`${name} draws its rows`, async () => {
    assert.equal(spec.description, said);
    const { svg, png } = await drawFigure(spec);
    const texts = [...svg.matchAll(/<(?:text|tspan)[^>]*>([^<]+)</g)].map(([, text]) => text);
    for (const text of seen) assert.ok(texts.includes(text), `"${text}" is not among ${texts.join(" | ")}`);
    assert.ok(png.length > 5_000);
  });

  test(`${name} without rows is refused`, () => assert.rejects(async () => drawFigure(empty()), /got an empty data set/));
}

test("every figure of the library is among these", () => {
  const folder = dirname(require.resolve("fusion/dist/figures/draw"));
  const figures = readdirSync(folder)
    .filter((file) => file.endsWith(".js"))
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    .flatMap((file) => Object.keys(require(join(folder, file)) as object))
    .filter((name) => name.endsWith("Figure") && !["drawFigure", "saveFigure", "checkFigure"].includes(name));
  assert.deepEqual(figures.sort(), Object.keys(examples).sort());
});
