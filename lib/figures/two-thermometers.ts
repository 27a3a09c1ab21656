/** What two sensors of unequal quality know together: the first figure of the workspace. */
import type { TopLevelSpec } from "vega-lite";
import { frame } from "./theme";

export interface SensorErrorRow {
  readonly estimate: string;
  /** Root mean square error, degrees Celsius. */
  readonly error: number;
  /** The same by theory. */
  readonly theory: number;
}

/** Bars are measured errors, ticks what theory says. */
export function twoThermometersFigure(rows: readonly SensorErrorRow[]): TopLevelSpec {
  const said = rows.map((r) => `${r.estimate} ${r.error.toFixed(2)}`).join(", ");
  const y = { field: "estimate", type: "nominal", sort: null, axis: { title: null, ticks: false, domain: false } } as const;
  return {
    ...frame(`Root mean square error in degrees Celsius: ${said}.`),
    title: { text: "A mean can be worse than its better half", subtitle: "bars: measured; ticks: by theory" },
    width: 380,
    height: { step: 34 },
    data: { values: [...rows] },
    encoding: { y },
    layer: [
      {
        mark: { type: "bar", height: { band: 0.6 } },
        encoding: { x: { field: "error", type: "quantitative", title: "root mean square error (°C)" } },
      },
      {
        mark: { type: "tick", thickness: 2, color: "#222222", height: 28 },
        encoding: { x: { field: "theory", type: "quantitative" } },
      },
    ],
  };
}
