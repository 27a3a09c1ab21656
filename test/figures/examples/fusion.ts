/** A few rows for each figure of comparisons of fusions. */
import { confusionMatrixFigure } from "fusion/dist/figures/confusion-matrix";
import { costAndScoreFigure } from "fusion/dist/figures/cost-and-score";
import { dataFlowFigure } from "fusion/dist/figures/data-flow";
import { fusionWeightsByClassFigure } from "fusion/dist/figures/fusion-weights-by-class";
import { methodScoresFigure } from "fusion/dist/figures/method-scores";
import { pairedDifferencesFigure } from "fusion/dist/figures/paired-differences";
import { subjectScoresFigure } from "fusion/dist/figures/subject-scores";
import type { Examples } from "./example";


export const fusion: Examples = {
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
};
