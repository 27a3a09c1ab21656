/** A few rows for each figure of calibration. */
import { beforeAndAfterFigure } from "fusion/dist/figures/before-and-after";
import { conformalCoverageFigure } from "fusion/dist/figures/conformal-coverage";
import { reliabilityFigure } from "fusion/dist/figures/reliability";
import { riskCoverageFigure } from "fusion/dist/figures/risk-coverage";
import type { Examples } from "./example";

export const calibration: Examples = {
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
};
