/** What each activity looks like to each sensor: a row of panels for each sensor, a column for each activity. */
import type { TopLevelSpec } from "vega-lite";
import { distinct } from "./say";
import { colours, frame, palette } from "./theme";

export interface SignalRow {
  readonly activity: string;
  readonly sensor: string;
  /** One line each: "x", "y", "z". */
  readonly channel: string;
  /** From the beginning of the excerpt. */
  readonly seconds: number;
  /** NaN where nothing was measured: a gap in the line. */
  readonly value: number;
}

/** Panels of one sensor share their value axis. @param quantity with its unit: "acceleration (m/s²)" */
export function signalsFigure(rows: readonly SignalRow[], quantity: string): TopLevelSpec {
  const [sensors, activities] = [distinct(rows.map((r) => r.sensor)), distinct(rows.map((r) => r.activity))];
  const channels = distinct(rows.map((r) => r.channel));
  const missing = rows.filter((r) => !Number.isFinite(r.value)).length;
  const axes = [palette.blue, palette.orange, palette.green, palette.purple];
  const scale =
    channels.length > axes.length ? colours(channels) : { domain: channels, range: axes.slice(0, channels.length) };
  const panels = (sensor: string, i: number): object => ({
    transform: [{ filter: { field: "sensor", equal: sensor } }],
    facet: {
      column: {
        field: "activity",
        type: "nominal",
        sort: activities,
        title: null,
        header: i > 0 ? { labels: false, labelPadding: 0 } : {},
      },
    },
    spacing: 14,
    spec: {
      width: 170,
      height: 118,
      mark: { type: "line", strokeWidth: 1.1 },
      encoding: {
        x: {
          field: "seconds",
          type: "quantitative",
          title: "time (s)",
          axis: i < sensors.length - 1 ? { title: null, labels: false, grid: false } : { tickCount: 5, grid: false },
        },
        y: { field: "value", type: "quantitative", title: [sensor, quantity], axis: { tickCount: 4, titleFontSize: 11 } },
        color: {
          field: "channel",
          type: "nominal",
          title: "channel",
          scale,
          legend: channels.length > 1 ? { symbolType: "stroke" } : null,
        },
      },
    },
  });
  return {
    ...frame(
      `${quantity} of ${sensors.join(", ")} during ${activities.join(", ")}: ` +
        `${rows.length} samples, of which ${missing} are missing.`,
    ),
    data: { values: [...rows] },
    vconcat: sensors.map(panels),
    spacing: 10,
  } as TopLevelSpec;
}
