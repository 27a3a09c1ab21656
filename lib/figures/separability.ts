/** Which activities a sensor can tell apart by design: the truth that importance and attention are checked against. */
import type { TopLevelSpec } from "vega-lite";
import { distinct } from "./say";
import { frame, palette } from "./theme";

export interface SeparabilityRow {
  readonly sensor: string;
  readonly first: string;
  readonly second: string;
  /** "none": one distribution; "weak": they overlap; "clear": told apart. */
  readonly told: string;
}

/** A panel for each sensor, a cell for each pair of activities. */
export function separabilityFigure(rows: readonly SeparabilityRow[]): TopLevelSpec {
  const [sensors, activities] = [distinct(rows.map((r) => r.sensor)), distinct(rows.flatMap((r) => [r.first, r.second]))];
  const said = sensors.map((sensor) => {
    const own = rows.filter((r) => r.sensor === sensor && r.first !== r.second);
    return `${sensor} ${own.filter((r) => r.told === "none").length} of ${own.length}`;
  });
  return {
    ...frame(`Pairs of activities that a sensor alone cannot tell apart, by design: ${said.join(", ")}.`),
    title: { text: "What each sensor can tell apart", subtitle: "by design of the simulation; a cell is a pair of activities" },
    data: { values: [...rows] },
    facet: { field: "sensor", type: "nominal", sort: sensors, title: null },
    columns: 2,
    spacing: 22,
    spec: {
      width: { step: 17 },
      height: { step: 17 },
      mark: { type: "rect", stroke: "#FFFFFF", strokeWidth: 1 },
      encoding: {
        x: { field: "second", type: "nominal", sort: activities, scale: { domain: activities }, title: null, axis: { labelAngle: -50, labelOverlap: false, ticks: false, domain: false } },
        y: { field: "first", type: "nominal", sort: activities, scale: { domain: activities }, title: null, axis: { ticks: false, domain: false } },
        color: {
          field: "told",
          type: "nominal",
          title: "told apart",
          scale: { domain: ["none", "weak", "clear"], range: [palette.vermilion, palette.orange, "#D5E5EF"] },
          legend: { orient: "top", symbolType: "square" },
        },
      },
    },
  };
}
