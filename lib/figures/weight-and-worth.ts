/** Does a sensor that a model looks at much matter much? */
import type { TopLevelSpec } from "vega-lite";
import { average } from "../metrics/average";
import { distinct } from "./say";
import { colours, frame, palette } from "./theme";

export interface WeightAndWorth {
  readonly subject: string;
  readonly class: string;
  readonly sensor: string;
  /** The model's weight on it, mean over the windows of this subject and class. */
  readonly weight: number;
  /** What the answer loses without it, or its Shapley value. */
  readonly worth: number;
}

/** A point for each subject, class and sensor. @param worth what is counted: "Shapley value (probability of the true class)" */
export function weightAndWorthFigure(rows: readonly WeightAndWorth[], weight: string, worth: string): TopLevelSpec {
  const sensors = distinct(rows.map((r) => r.sensor));
  const said = sensors.map((sensor) => {
    const own = rows.filter((r) => r.sensor === sensor);
    return `${sensor} ${average(own.map((r) => r.weight)).toFixed(2)} and ${average(own.map((r) => r.worth)).toFixed(2)}`;
  });
  return {
    ...frame(`${weight} and ${worth} of each sensor, means over subjects and classes: ${said.join(", ")}.`),
    title: { text: "Looked at, and needed", subtitle: "a point for each held-out subject, class, sensor and training" },
    width: 340,
    height: 260,
    data: { values: [...rows] },
    layer: [
      { mark: { type: "rule", color: palette.grey, strokeDash: [4, 3] }, encoding: { y: { datum: 0, type: "quantitative" } } },
      {
        mark: { type: "point", opacity: 0.75 },
        encoding: {
          x: { field: "weight", type: "quantitative", title: weight, scale: { zero: true } },
          y: { field: "worth", type: "quantitative", title: worth },
          color: { field: "sensor", type: "nominal", sort: sensors, title: "sensor", scale: colours(sensors), legend: { symbolType: "circle" } },
        },
      },
    ],
  } as unknown as TopLevelSpec;
}
