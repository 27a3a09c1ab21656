/** How well a model's weights rank its sensors, beside weights that cannot know. */
import type { TopLevelSpec } from "vega-lite";
import { distinct } from "./say";
import { colours, frame, palette } from "./theme";

export interface RankAgreementPoint {
  /** Whose weights: "cross-attention", "hybrid". */
  readonly model: string;
  /** "its own", "of another window", "dealt out at random". */
  readonly weights: string;
  /** Kendall's rank correlation with what is needed: over subjects, with a 95 % interval. */
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

export function rankAgreementFigure(rows: readonly RankAgreementPoint[]): TopLevelSpec {
  const [models, kinds] = [distinct(rows.map((r) => r.model)), distinct(rows.map((r) => r.weights))];
  const said = rows.map((r) => `${r.model}, ${r.weights} ${r.mean.toFixed(2)} (${r.lower.toFixed(2)} to ${r.upper.toFixed(2)})`);
  const x = { type: "quantitative", scale: { domain: [-1, 1] as number[] } } as const;
  return {
    ...frame(`Rank correlation of a window's weights with what its answer needs: ${said.join("; ")}.`),
    title: { text: "Do weights rank sensors by need?", subtitle: "1: the same order, 0: chance; dot and line: mean and 95 % interval over subjects" },
    width: 380,
    height: { step: 15 },
    data: { values: [...rows] },
    encoding: {
      y: { field: "model", type: "nominal", sort: models, title: null, axis: { grid: true, tickBand: "extent", ticks: false, domain: false } },
      yOffset: { field: "weights", type: "nominal", sort: kinds },
      color: { field: "weights", type: "nominal", sort: kinds, title: "weights", scale: colours(kinds), legend: { orient: "top", symbolType: "circle" } },
    },
    layer: [
      { mark: { type: "rule", color: palette.grey, strokeDash: [4, 3] }, encoding: { x: { datum: 0, ...x }, y: null, yOffset: null, color: null } },
      { mark: { type: "rule", strokeWidth: 2.5 }, encoding: { x: { field: "lower", ...x, title: "Kendall's τ (1)" }, x2: { field: "upper" } } },
      { mark: { type: "point", size: 60 }, encoding: { x: { field: "mean", ...x } } },
    ],
  } as unknown as TopLevelSpec;
}
