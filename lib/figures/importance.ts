/** What each sensor is worth, by several measures, with intervals over people. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { colours, frame, palette } from "./theme";

export interface ImportancePoint {
  readonly sensor: string;
  /** "Shapley", "left out", "published". */
  readonly measure: string;
  /** Over subjects, with a 95 % interval. */
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/** @param score what the worth is counted in: "macro-F1", "accuracy" */
export function importanceFigure(rows: readonly ImportancePoint[], score: string): TopLevelSpec {
  const [sensors, measures] = [distinct(rows.map((r) => r.sensor)), distinct(rows.map((r) => r.measure))];
  const said = measures.map((measure) => {
    const own = rows.filter((r) => r.measure === measure);
    return `${measure} ${own.map((r) => `${r.sensor} ${r.mean.toFixed(2)}`).join(", ")}`;
  });
  const x = { type: "quantitative" } as const;
  return {
    ...frame(`What each sensor is worth in ${score}: ${few(said, 6)}.`),
    title: { text: "What a sensor is worth", subtitle: "dot and line: mean and 95 % interval over subjects" },
    width: 380,
    height: { step: 15 },
    data: { values: [...rows] },
    encoding: {
      y: { field: "sensor", type: "nominal", sort: sensors, title: null, axis: { grid: true, tickBand: "extent", ticks: false, domain: false } },
      yOffset: { field: "measure", type: "nominal", sort: measures },
      color: { field: "measure", type: "nominal", sort: measures, title: "measure", scale: colours(measures), legend: { orient: "top", symbolType: "circle" } },
    },
    layer: [
      { mark: { type: "rule", color: palette.grey, strokeDash: [4, 3] }, encoding: { x: { datum: 0, ...x }, y: null, yOffset: null, color: null } },
      { mark: { type: "rule", strokeWidth: 2.5 }, encoding: { x: { field: "lower", ...x, title: `worth (${score})` }, x2: { field: "upper" } } },
      { mark: { type: "point", size: 60 }, encoding: { x: { field: "mean", ...x } } },
    ],
  } as unknown as TopLevelSpec;
}
