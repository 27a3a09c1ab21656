/** A few rows for each figure of MCA, Zorro and EAO. */
import { costByModalitiesFigure } from "fusion/dist/figures/cost-by-modalities";
import { lossOfModalitiesFigure } from "fusion/dist/figures/loss-of-modalities";
import { spacePlaneFigure } from "fusion/dist/figures/space-plane";
import type { Examples } from "./example";

export const contrastive: Examples = {
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
};
