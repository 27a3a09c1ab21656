/** Whom does a fusion listen to, activity by activity? */
import type { TopLevelSpec } from "vega-lite";
import { cellNumbers, shadedCells } from "./cells";
import { distinct, few, percent } from "./say";
import { frame } from "./theme";

export interface FusionWeightRow {
  readonly method: string;
  readonly class: string;
  readonly sensor: string;
  /** Mean over windows of this class; a class's weights sum to 1. */
  readonly weight: number;
}

/** A panel for each method. */
export function fusionWeightsByClassFigure(rows: readonly FusionWeightRow[]): TopLevelSpec {
  const methods = distinct(rows.map((r) => r.method));
  const [classes, sensors] = [distinct(rows.map((r) => r.class)), distinct(rows.map((r) => r.sensor))];
  const largest = [...rows].sort((a, b) => b.weight - a.weight);
  const said = largest.map((r) => `${r.method}, ${r.class}: ${r.sensor} ${percent(r.weight, 0)}`);
  return {
    ...frame(`Weight of each sensor by class, largest first: ${few(said, 6)}.`),
    title: { text: "Whom does the fusion listen to?", subtitle: "mean weight over test windows; a row sums to 100 %" },
    data: { values: [...rows] },
    facet: { column: { field: "method", type: "nominal", sort: methods, title: null } },
    spacing: 24,
    spec: {
      width: { step: 58 },
      height: { step: classes.length > 8 ? 24 : 32 },
      encoding: {
        x: { field: "sensor", type: "nominal", sort: sensors, title: "sensor", axis: { labelAngle: 0, domain: false, ticks: false } },
        y: { field: "class", type: "nominal", sort: classes, title: null, axis: { domain: false, ticks: false } },
      },
      layer: [shadedCells({ field: "weight", title: "weight (%)" }), cellNumbers("weight", ".0%", "datum.weight > 0.5")],
    },
  } as unknown as TopLevelSpec;
}
