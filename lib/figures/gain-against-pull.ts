/** How hard does a transfer loss pull, and what becomes of the target? */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { colours, frame, palette } from "./theme";

export interface GainAgainstPullRow {
  readonly direction: string;
  /** How signatures are normalised, on which it depends how much a λ pulls. */
  readonly normalisation: string;
  /** A panel: "new people", "the same people". */
  readonly people: string;
  readonly arm: string;
  /** λ · length of the transfer loss's gradient, over that of the target's own loss. */
  readonly pull: number;
  /** Beside the target alone, the mean over subjects with its 95 % interval. */
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/** A point for each arm, on a logarithmic axis; dashed: where both losses pull alike. @param score "macro-F1" */
export function gainAgainstPullFigure(rows: readonly GainAgainstPullRow[], score: string): TopLevelSpec {
  const normalisations = distinct(rows.map((r) => r.normalisation));
  const said = [...rows].sort((a, b) => a.pull - b.pull).map((r) => `${r.direction}, ${r.arm}, ${r.people}: ${r.pull.toPrecision(2)} times, ${r.mean.toFixed(3)}`);
  const x = { field: "pull", type: "quantitative", title: ["gradient of the transfer loss, over that of", "the target's own loss (last epoch)"], scale: { type: "log" }, axis: { tickCount: 5, format: "~g" } } as const;
  const y = { type: "quantitative", title: `gain in ${score} over the target alone` } as const;
  const color = { field: "normalisation", type: "nominal", title: "normalisation", sort: normalisations, scale: colours(normalisations), legend: { orient: "top", symbolType: "circle", symbolOpacity: 1 } } as const;
  const dashed = { type: "rule", color: palette.grey, strokeDash: [4, 3] } as const;
  return {
    ...frame(`Gain in ${score} over the target alone, and how many times harder the transfer loss pulls: ${few(said, 8)}.`),
    title: { text: "Who pulls harder, and what comes of it?", subtitle: "a point for each λ, gate and direction: mean over held-out subjects, 95 % interval" },
    data: { values: [...rows] },
    facet: { column: { field: "people", type: "nominal", title: null, sort: distinct(rows.map((r) => r.people)), header: { labelFontSize: 12 } } },
    spec: {
      ...{ width: 300, height: 260 },
      layer: [
        { mark: dashed, encoding: { y: { datum: 0, type: "quantitative" } } },
        { mark: dashed, encoding: { x: { datum: 1, type: "quantitative" } } },
        { mark: { type: "rule", opacity: 0.5 }, encoding: { x, y: { field: "lower", ...y }, y2: { field: "upper" }, color } },
        { mark: { type: "point", filled: true, size: 55 }, encoding: { x, y: { field: "mean", ...y }, color, shape: { field: "direction", type: "nominal", title: "direction", sort: distinct(rows.map((r) => r.direction)), legend: { orient: "bottom" } } } },
      ],
    },
  } as unknown as TopLevelSpec;
}
