/** What does a better score cost? */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
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
 * The best score first; beside it what it costs, on a logarithmic axis.
 *
 * @param cost with its unit: "inference (ms a window)"
 */
export function costAndScoreFigure(rows: readonly CostAndScoreRow[], cost: string, score: string): TopLevelSpec {
  const kinds = distinct(rows.map((r) => r.kind));
  const best = [...rows].sort((a, b) => b.mean - a.mean);
  const said = best.map((r) => `${r.method} ${r.mean.toFixed(3)} for ${r.cost.toPrecision(3)}`);
  const costs = rows.map((r) => r.cost);
  const y = { field: "method", type: "nominal", sort: best.map((r) => r.method), title: null, axis: { grid: true, ticks: false, labelLimit: 260 } } as const;
  const of = { type: "quantitative", title: score, scale: { zero: false } } as const;
  const paid = { field: "cost", type: "quantitative", title: cost, scale: { type: "log", domain: [Math.min(...costs) / 1.3, Math.max(...costs) * 1.3], nice: false } } as const;
  const color = { field: "kind", type: "nominal", title: "kind", scale: colours(kinds), legend: kinds.length > 1 ? { orient: "top", symbolType: "circle" } : null } as const;
  const height = { step: 21 };
  return {
    ...frame(`Mean ${score} and ${cost}: ${few(said, 8)}.`),
    title: { text: "What does a better score cost?", subtitle: "dot and line: mean over held-out subjects, 95 % interval" },
    data: { values: [...rows] },
    spacing: 24,
    hconcat: [
      {
        ...{ width: 270, height, encoding: { y } },
        layer: [
          { mark: { type: "rule", strokeWidth: 3 }, encoding: { x: { field: "lower", ...of }, x2: { field: "upper" }, color } },
          { mark: { type: "point", size: 75 }, encoding: { x: { field: "mean", ...of }, color } },
        ],
      },
      {
        ...{ width: 170, height },
        mark: { type: "point", size: 75 },
        encoding: { y: { ...y, axis: { grid: true, ticks: false, labels: false, domain: false } }, x: paid, color },
      },
    ],
  } as unknown as TopLevelSpec;
}
