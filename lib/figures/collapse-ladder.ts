/** How many points each change gives back to a model that collapsed, by the number of sensors that are left. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { colours, frame, palette } from "./theme";

export interface CollapseLadderRow {
  readonly change: string;
  /** Where the change acts. */
  readonly acts: string;
  readonly sensors: number;
  /** Hundredths of accuracy. */
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/** A line for each change, in the order of the rows; a panel for each number of sensors. */
export function collapseLadderFigure(rows: readonly CollapseLadderRow[], title: string): TopLevelSpec {
  const changes = distinct(rows.map((r) => r.change));
  const acts = distinct(rows.map((r) => r.acts));
  const sizes = distinct(rows.map((r) => r.sensors));
  const [fewest] = sizes;
  const said = rows
    .filter((r) => r.sensors === fewest)
    .map((r) => `${r.change} ${signed(r.mean)}`);
  const y = { field: "change", type: "nominal", sort: changes, title: null } as const;
  const x = { type: "quantitative", title: "points of accuracy" } as const;
  const color = {
    ...{ field: "acts", type: "nominal", title: "acts where the model is", scale: colours(acts) },
    legend: { orient: "top", symbolType: "circle", symbolOpacity: 1 },
  } as const;
  const panel = (sensors: number, place: number): object => ({
    title: { text: sensors === 1 ? "1 sensor left" : `${sensors} sensors left`, fontSize: 12 },
    width: 180,
    height: { step: 19 },
    transform: [{ filter: `datum.sensors === ${sensors}` }],
    encoding: {
      y: { ...y, axis: place === 0 ? { grid: true, ticks: false, labelLimit: 300 } : { labels: false, grid: true, ticks: false } },
    },
    layer: [
      { mark: { type: "rule", color: palette.black }, encoding: { x: { datum: 0, ...x }, y: null } },
      {
        mark: { type: "rule", strokeWidth: 3, opacity: 0.45 },
        encoding: { x: { field: "lower", ...x }, x2: { field: "upper" }, color },
      },
      { mark: { type: "point", size: 55 }, encoding: { x: { field: "mean", ...x }, color } },
    ],
  });
  return {
    ...frame(`Points of accuracy above the published model, with ${fewest} sensor left: ${few(said)}.`),
    title: {
      text: title,
      subtitle: "points above the published model with the same seed; bars: 95 % interval over seeds, where there are several",
    },
    data: { values: [...rows] },
    hconcat: sizes.map(panel),
    resolve: { scale: { x: "shared" } },
    spacing: 14,
  } as TopLevelSpec;
}

const signed = (points: number): string => `${points < 0 ? "−" : "+"}${Math.abs(points).toFixed(1)}`;
