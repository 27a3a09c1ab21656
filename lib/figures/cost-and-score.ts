/** What does a better score cost? */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { spread } from "./spread";
import { colours, frame } from "./theme";

export interface CostAndScoreRow {
  readonly method: string;
  readonly kind: string;
  readonly cost: number;
  readonly mean: number;
  /** 95 % interval over subjects. */
  readonly lower: number;
  readonly upper: number;
}

/**
 * Costs on a logarithmic axis.
 *
 * @param cost with its unit: "inference (ms a window)"
 */
export function costAndScoreFigure(rows: readonly CostAndScoreRow[], cost: string, score: string): TopLevelSpec {
  const kinds = distinct(rows.map((r) => r.kind));
  const said = rows.map((r) => `${r.method} ${r.mean.toFixed(3)} for ${r.cost.toPrecision(3)}`);
  const [width, height] = [470, 300];
  const costs = rows.map((r) => r.cost);
  const [low, high] = [Math.min(...costs) / 1.3, Math.max(...costs) * 1.9];
  const ends = rows.flatMap((r) => [r.lower, r.upper]);
  const [bottom, top] = [Math.min(...ends), Math.max(...ends)];
  const places = spread(rows.map((r) => r.mean), ((top - bottom) * 13) / height); // a label is 13 pixels high
  const labels = rows.map((r, i) => ({ ...r, place: places[i]! }));
  const x = { field: "cost", type: "quantitative", scale: { type: "log", domain: [low, high], nice: false }, title: cost } as const;
  const y = { type: "quantitative", scale: { domain: [bottom, top] as number[], zero: false, nice: true } } as const;
  const color = { field: "kind", type: "nominal", title: "kind", scale: colours(kinds), legend: kinds.length > 1 ? { orient: "top", symbolType: "circle" } : null } as const;
  return {
    ...frame(`Mean ${score} and ${cost}: ${few(said, 8)}.`),
    title: { text: "What does a better score cost?", subtitle: "dot and line: mean over held-out subjects, 95 % interval" },
    width,
    height,
    data: { values: [...rows] },
    layer: [
      { mark: { type: "rule", strokeWidth: 1.5, opacity: 0.5 }, encoding: { x, y: { field: "lower", ...y, title: score }, y2: { field: "upper" }, color } },
      { mark: { type: "point", size: 75 }, encoding: { x, y: { field: "mean", ...y }, color } },
      { data: { values: labels }, mark: { type: "text", align: "left", dx: 8 }, encoding: { x, y: { field: "place", ...y }, text: { field: "method", type: "nominal" } } },
    ],
  } as unknown as TopLevelSpec;
}
