/** How a score falls as sensors go missing, for more methods than one picture of lines can carry: a panel for each. */
import type { TopLevelSpec } from "vega-lite";
import { type DegradationPoint, degradationsSaid, type WorstLossPoint } from "./degradation";
import { distinct, few } from "./say";
import { frame, palette } from "./theme";

/** Tenths that hold all of `values`. */
const tenths = (values: readonly number[]): [number, number] =>
  values.length === 0 ? [0, 1] : [Math.floor(10 * Math.min(...values)) / 10, Math.ceil(10 * Math.max(...values)) / 10];

/** @param score what is counted: "macro-F1", "accuracy" */
export function degradationPanelsFigure(rows: readonly DegradationPoint[], worst: readonly WorstLossPoint[], score: string): TopLevelSpec {
  const methods = distinct(rows.map((r) => r.method));
  const sizes = distinct(rows.map((r) => r.sensors)).sort((a, b) => b - a);
  const domain = tenths([...rows, ...worst].map((r) => r.mean));
  const x = { field: "sensors", type: "ordinal", sort: sizes, scale: { domain: sizes }, title: "sensors left", axis: { labelAngle: 0, grid: false } } as const;
  const y = { field: "mean", type: "quantitative", scale: { domain, zero: false }, title: score, axis: { tickCount: 4 } } as const;
  const here = { filter: "!datum.lost" };
  const loss = { filter: "isValid(datum.lost)" };
  return {
    ...frame(`${score} with ${sizes.join(", ")} sensors left: ${few(degradationsSaid(rows, worst), 6)}.`),
    title: {
      text: "What is left when sensors go, method by method",
      subtitle: ["line: mean over all sets of so many sensors; grey: all other methods", `cross: the one loss that costs most, with its name; the axis begins at ${domain[0].toFixed(1)}`],
    },
    data: { values: [...rows, ...worst] },
    facet: { field: "method", type: "nominal", sort: methods, title: null, header: { labelFontWeight: "bold" } },
    columns: 4,
    spec: {
      width: 150,
      height: 120,
      encoding: { x, y },
      layer: [
        // rows of its own are drawn in every panel
        { data: { values: rows.map(({ method, sensors, mean }) => ({ of: method, sensors, mean })) }, mark: { type: "line", color: "#D6D6D6", strokeWidth: 1 }, encoding: { detail: { field: "of", type: "nominal" } } },
        { transform: [here], mark: { type: "line", point: { color: palette.blue }, color: palette.blue } },
        { transform: [loss], mark: { type: "point", shape: "cross", size: 70, angle: 45, color: palette.vermilion } },
        { transform: [loss], mark: { type: "text", align: "right", dx: -8, dy: 5, fontSize: 10, color: palette.vermilion }, encoding: { text: { field: "lost", type: "nominal" } } },
      ],
    },
  } as unknown as TopLevelSpec;
}
