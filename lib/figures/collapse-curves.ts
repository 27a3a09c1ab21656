/** Accuracy against the number of sensors that are left, a line for each model. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { colours, frame, palette } from "./theme";

export interface CollapseCurve {
  readonly panel: string;
  readonly line: string;
  /** Left of all. */
  readonly sensors: number;
  /** Over the sets of so many sensors, and over seeds. */
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/** @param floor by panel: what the commonest class of training scores */
export function collapseCurvesFigure(
  rows: readonly CollapseCurve[],
  title: string,
  floor: Readonly<Record<string, number>> = {},
): TopLevelSpec {
  const [panels, lines] = [distinct(rows.map((r) => r.panel)), distinct(rows.map((r) => r.line))];
  const said = rows.filter((r) => r.sensors === 1).map((r) => `${r.panel}, ${r.line} ${r.mean.toFixed(2)}`);
  const most = Math.max(...rows.map((r) => r.sensors));
  const y = { type: "quantitative", title: "accuracy", scale: { domain: [0, 1] } } as const;
  const color = {
    ...{ field: "line", type: "nominal", title: null, scale: colours(lines), sort: lines },
    legend: { orient: "right", symbolType: "stroke", symbolOpacity: 1 },
  } as const;
  const x = {
    ...{ field: "sensors", type: "ordinal", title: "sensors left" },
    axis: { labelAngle: 0, grid: false },
  } as const;
  const panel = (name: string): object => ({
    title: { text: name, fontSize: 12 },
    width: 230,
    height: 260,
    transform: [{ filter: `datum.panel === ${JSON.stringify(name)}` }],
    layer: [
      ...(floor[name] === undefined
        ? []
        : [{ mark: { type: "rule", color: palette.grey, strokeDash: [4, 3] }, encoding: { y: { datum: floor[name], ...y } } }]),
      { mark: { type: "rule", strokeWidth: 3, opacity: 0.35 }, encoding: { x, y: { field: "lower", ...y }, y2: { field: "upper" }, color } },
      { mark: { type: "line", point: { size: 35 } }, encoding: { x, y: { field: "mean", ...y }, color } },
    ],
  });
  return {
    ...frame(`Accuracy by number of sensors, 1 to ${most}; with one: ${few(said)}.`),
    title: {
      text: title,
      subtitle: "mean over the sets of so many sensors; bars: 95 % interval over seeds; dashed: the commonest class",
    },
    data: { values: [...rows] },
    hconcat: panels.map(panel),
    spacing: 24,
  } as TopLevelSpec;
}
