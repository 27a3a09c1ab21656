/** How regularly each sensor was sampled: the time from one measured sample to the next. */
import type { TopLevelSpec } from "vega-lite";
import { count, distinct } from "./say";
import { colours, frame } from "./theme";

export interface SamplingIntervalRow {
  readonly sensor: string;
  /** [lower, upper) */
  readonly lowerMilliseconds: number;
  readonly upperMilliseconds: number;
  /** Times between samples that fall into the bin. */
  readonly intervals: number;
}

/** A panel for each sensor with its own time axis; the count is logarithmic, since what matters is rare. */
export function samplingIntervalsFigure(rows: readonly SamplingIntervalRow[]): TopLevelSpec {
  const sensors = distinct(rows.map((r) => r.sensor));
  const said = sensors.map((sensor) => {
    const own = rows.filter((r) => r.sensor === sensor);
    const top = own.reduce((best, r) => (r.intervals > best.intervals ? r : best));
    return `${sensor} most often ${top.lowerMilliseconds} to ${top.upperMilliseconds} ms (${count(top.intervals)})`;
  });
  const floor = 0.7; // a bin with one interval shows a low bar
  const most = Math.max(1, ...rows.map((r) => r.intervals));
  return {
    ...frame(`Time between samples: ${said.join(", ")}.`),
    data: { values: rows.filter((r) => r.intervals > 0) }, // a logarithm has no place for 0
    title: { text: "One sample to the next", subtitle: "each sensor on its own time axis" },
    facet: { field: "sensor", type: "nominal", sort: sensors, title: null },
    columns: 2,
    spacing: { row: 26, column: 34 },
    resolve: { scale: { x: "independent" } },
    spec: {
      width: 230,
      height: 110,
      mark: { type: "bar", binSpacing: 0 },
      encoding: {
        x: {
          field: "lowerMilliseconds",
          type: "quantitative",
          title: "time between samples (ms)",
          scale: { zero: true, nice: true },
          axis: { grid: false, tickCount: 6 },
        },
        x2: { field: "upperMilliseconds" },
        y: {
          field: "intervals",
          type: "quantitative",
          title: "intervals (count)",
          scale: { type: "log", domain: [floor, 1.5 * most], nice: false },
          axis: { values: [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7].filter((n) => n < 1.5 * most), format: "~s" },
        },
        y2: { datum: floor },
        color: { field: "sensor", type: "nominal", scale: colours(sensors), legend: null },
      },
    },
  };
}
