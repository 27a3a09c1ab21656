/** When a sensor was there: a line for each person, from the first sample to the last. */
import type { TopLevelSpec } from "vega-lite";
import { shadedCells } from "./cells";
import { distinct, few, percent } from "./say";
import { frame } from "./theme";

export interface MissingOverTimeRow {
  readonly subject: string;
  /** A panel each. */
  readonly sensor: string;
  /** Which of so many equal parts of the person's samples. */
  readonly part: number;
  readonly share: number;
}

export function missingOverTimeFigure(rows: readonly MissingOverTimeRow[]): TopLevelSpec {
  const [sensors, parts] = [distinct(rows.map((r) => r.sensor)), distinct(rows.map((r) => r.part)).length];
  const said = sensors.map((sensor) => {
    const own = rows.filter((r) => r.sensor === sensor);
    return `${sensor} in ${percent(own.reduce((sum, r) => sum + r.share, 0) / own.length, 0)} of a person's time on average`;
  });
  const cells = shadedCells({ field: "share", title: "samples missing (%)", line: 1 });
  return {
    ...frame(`What is missing over time, by person: ${few(said)}.`),
    title: {
      text: "When it is missing",
      subtitle: `each person's samples in ${parts} equal parts, from the first to the last`,
    },
    data: { values: [...rows] },
    facet: { column: { field: "sensor", type: "nominal", sort: sensors, title: null } },
    spec: {
      width: { step: 11 },
      height: { step: 18 },
      encoding: {
        color: cells.encoding.color,
        x: {
          field: "part",
          type: "ordinal",
          title: "part of the samples",
          axis: { labels: false, domain: false, ticks: false },
        },
        y: { field: "subject", type: "nominal", title: "subject", axis: { domain: false, ticks: false } },
      },
      mark: cells.mark,
    },
  } as TopLevelSpec;
}
