/** A few rows for each figure of D-CAT. */
import { gainAgainstPullFigure } from "fusion/dist/figures/gain-against-pull";
import { scoresAndCeilingsFigure } from "fusion/dist/figures/scores-and-ceilings";
import { signaturesFigure } from "fusion/dist/figures/signatures";
import type { Examples } from "./example";

export const transfer: Examples = {
  gainAgainstPullFigure: {
    spec: gainAgainstPullFigure(
      [
        { direction: "phone → watch", normalisation: "none", people: "new people", arm: "D-CAT, λ 1", pull: 98, mean: -0.1, lower: -0.13, upper: -0.07 },
        { direction: "phone → watch", normalisation: "unit_frobenius", people: "new people", arm: "D-CAT, λ 1", pull: 0.2, mean: 0.004, lower: -0.01, upper: 0.02 },
      ],
      "macro-F1",
    ),
    empty: () => gainAgainstPullFigure([], "macro-F1"),
    said:
      "Gain in macro-F1 over the target alone, and how many times harder the transfer loss pulls: " +
      "phone → watch, D-CAT, λ 1, new people: 0.20 times, 0.004, phone → watch, D-CAT, λ 1, new people: 98 times, -0.100.",
    seen: ["Who pulls harder, and what comes of it?", "new people", "unit_frobenius", "gain in macro-F1 over the target alone"],
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
  signaturesFigure: {
    spec: signaturesFigure([
      { of: "rich, the source", dim: 2, mean: [1, 0, -0.5, 2], distance: 0 },
      { of: "poor, alone", dim: 2, mean: [0, 1, 0.5, -1], distance: 3.5 },
    ]),
    empty: () => signaturesFigure([]),
    said: "Mean signatures, and how far each is from the first: rich, the source 0.00, poor, alone 3.50.",
    seen: ["Signatures on new people", "rich, the source", "poor, alone", "mean distance 3.50", "key (1 to 2)"],
  },
};
