/** Where a channel's values lie, subject by subject, before and after scaling. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { frame, palette } from "./theme";

export interface ChannelQuantilesRow {
  /** "before scaling", "after scaling": a column of panels each. */
  readonly stage: string;
  /** With its unit: "hand acc x (m/s²)". A row of panels each. */
  readonly channel: string;
  readonly subject: string;
  readonly p05: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}

/** Thin from the 5th to the 95th percentile, thick between the quartiles, a white tick at the median. */
export function channelQuantilesFigure(rows: readonly ChannelQuantilesRow[]): TopLevelSpec {
  const [stages, channels] = [distinct(rows.map((r) => r.stage)), distinct(rows.map((r) => r.channel))];
  const subjects = distinct(rows.map((r) => r.subject));
  const said = rows.map((r) => `${r.channel} ${r.stage}, ${r.subject}: ${r.p50.toFixed(2)} (${r.p05.toFixed(2)} to ${r.p95.toFixed(2)})`);
  const panel = (stage: string, channel: string): object => ({
    title: { text: `${channel}, ${stage}`, fontSize: 12 },
    width: 250,
    height: { step: 17 },
    transform: [{ filter: { and: [{ field: "stage", equal: stage }, { field: "channel", equal: channel }] } }],
    encoding: { y: { field: "subject", type: "nominal", sort: subjects, title: "subject", axis: { ticks: false } } },
    layer: [
      { mark: { type: "rule", color: palette.blue }, encoding: { x: { field: "p05", type: "quantitative", title: stage === "after scaling" ? "scaled (1)" : channel }, x2: { field: "p95" } } },
      { mark: { type: "bar", height: 9, color: palette.blue }, encoding: { x: { field: "p25", type: "quantitative" }, x2: { field: "p75" } } },
      { mark: { type: "tick", thickness: 2, height: 9, color: "#FFFFFF" }, encoding: { x: { field: "p50", type: "quantitative" } } },
    ],
  });
  return {
    ...frame(`Median and 5th to 95th percentile: ${few(said, 6)}.`),
    title: { text: "Where the values lie", subtitle: "line: 5th to 95th percentile; bar: quartiles; tick: median" },
    data: { values: [...rows] },
    vconcat: channels.map((channel) => ({ hconcat: stages.map((stage) => panel(stage, channel)) })),
  } as TopLevelSpec;
}
