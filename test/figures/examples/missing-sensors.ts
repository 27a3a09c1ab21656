/** A few rows for each figure of what is left when sensors fail, and of which sensor matters. */
import { collapseCurvesFigure } from "fusion/dist/figures/collapse-curves";
import { collapseLadderFigure } from "fusion/dist/figures/collapse-ladder";
import { degradationFigure } from "fusion/dist/figures/degradation";
import { degradationPanelsFigure } from "fusion/dist/figures/degradation-panels";
import { importanceFigure } from "fusion/dist/figures/importance";
import { rankAgreementFigure } from "fusion/dist/figures/rank-agreement";
import { robustnessFigure } from "fusion/dist/figures/robustness";
import { subsetTableFigure } from "fusion/dist/figures/subset-table";
import { weightAndWorthFigure } from "fusion/dist/figures/weight-and-worth";
import type { Examples } from "./example";

const degradation = [1, 2, 3].flatMap((sensors) =>
  ["early", "late"].map((method, m) => ({ method, sensors, mean: 0.25 * sensors + m / 8, lower: 0.2 * sensors, upper: 0.3 * sensors })),
);
const worstLoss = { method: "early", lost: "chest", sensors: 2, mean: 0.375 };

export const missingSensors: Examples = {
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
  degradationFigure: {
    spec: degradationFigure(degradation, [worstLoss], "macro-F1"),
    empty: () => degradationFigure([], [], "macro-F1"),
    said: "macro-F1 with 3, 2, 1 sensors left: early 0.75, 0.50, 0.25 (without chest 0.38), late 0.88, 0.63, 0.38.",
    seen: ["What is left when sensors go", "early", "late", "chest", "sensors left", "macro-F1", "3", "1"],
  },
  degradationPanelsFigure: {
    spec: degradationPanelsFigure(degradation, [worstLoss], "macro-F1"),
    empty: () => degradationPanelsFigure([], [], "macro-F1"),
    said: "macro-F1 with 3, 2, 1 sensors left: early 0.75, 0.50, 0.25 (without chest 0.38), late 0.88, 0.63, 0.38.",
    seen: ["What is left when sensors go, method by method", "early", "late", "chest", "sensors left", "macro-F1", "3", "1"],
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
  subsetTableFigure: {
    spec: subsetTableFigure(
      ["none", "hand", "hand+heart"].flatMap((set, s) => ["early", "late"].map((method, m) => ({ method, set, score: s / 4 + m / 8 }))),
      "macro-F1",
    ),
    empty: () => subsetTableFigure([], "macro-F1"),
    said: "macro-F1 by the sensors that are left, best method of each: none 0.13 (late), hand 0.38 (late), hand+heart 0.63 (late).",
    seen: ["none", "hand", "hand+heart", "early", "late", "0.25", "0.50", "method", "sensors left", "macro-F1 (1)"],
  },
  rankAgreementFigure: {
    spec: rankAgreementFigure(
      ["its own", "of another window"].map((weights, i) => ({ model: "hybrid", weights, mean: 0.5 - i / 4, lower: 0.25 - i / 4, upper: 0.75 - i / 4 })),
    ),
    empty: () => rankAgreementFigure([]),
    said: "Rank correlation of a window's weights with what its answer needs: hybrid, its own 0.50 (0.25 to 0.75); hybrid, of another window 0.25 (0.00 to 0.50).",
    seen: ["hybrid", "its own", "of another window", "Kendall's τ (1)", "weights"],
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
};
