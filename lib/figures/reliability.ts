/** Reliability diagrams side by side, each over the histogram of what was promised. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { frame, palette } from "./theme";

export interface ReliabilityBin {
  /** "before", "after". */
  readonly panel: string;
  readonly lower: number;
  readonly upper: number;
  /** Windows in it; a bin without any has no row. */
  readonly count: number;
  /** Mean of what was promised, and share of what came. */
  readonly confidence: number;
  readonly accuracy: number;
  /** Of the accuracy, 95 %. */
  readonly accuracyLower?: number;
  readonly accuracyUpper?: number;
}

/**
 * Bars are what came, the line through each is its interval where there is one, the ring is what was promised: where the ring is above its
 * bar, the model promises too much.
 *
 * @param told of each panel, such as "ECE 0.074"
 */
export function reliabilityFigure(
  rows: readonly ReliabilityBin[],
  told: Readonly<Record<string, string>>,
): TopLevelSpec {
  const panels = distinct(rows.map(({ panel }) => panel));
  const said = panels.map((panel) => {
    const own = rows.filter((row) => row.panel === panel);
    const gaps = own.map((row) => row.confidence - row.accuracy);
    const windows = own.reduce((sum, { count }) => sum + count, 0);
    const mean = own.reduce((sum, row, i) => sum + (row.count / windows) * gaps[i]!, 0);
    return `${panel}: ${told[panel] ?? ""} over ${own.length} bins, promised ${mean >= 0 ? "more" : "less"} than came by ${Math.abs(mean).toFixed(3)} on average`;
  });
  const share = { type: "quantitative", scale: { domain: [0, 1] as number[] } } as const;
  const x = { field: "lower", ...share, title: "confidence" } as const;
  const diagram = (panel: string) => ({
    title: { text: panel, subtitle: told[panel] ?? "", fontSize: 12, subtitleFontSize: 11 },
    width: 190,
    height: 190,
    transform: [{ filter: `datum.panel === '${panel}'` }],
    layer: [
      { mark: { type: "bar", color: palette.sky, opacity: 0.75, binSpacing: 0 }, encoding: { x, x2: { field: "upper" }, y: { field: "accuracy", ...share, title: "accuracy" }, y2: { datum: 0 }, } },
      {
        data: { values: [{ at: 0, on: 0 }, { at: 1, on: 1 }] },
        mark: { type: "line", color: palette.grey, strokeDash: [4, 3] },
        encoding: { x: { field: "at", ...share, title: "confidence" }, y: { field: "on", ...share, title: "accuracy" } },
      },
      ...(rows.some((row) => row.panel === panel && row.accuracyLower !== undefined)
        ? [{ mark: { type: "rule", color: palette.black, strokeWidth: 1.2 }, encoding: { x: { field: "confidence", ...share }, y: { field: "accuracyLower", ...share }, y2: { field: "accuracyUpper" } } }]
        : []),
      { mark: { type: "point", filled: false, color: palette.vermilion, size: 34 }, encoding: { x: { field: "confidence", ...share }, y: { field: "confidence", ...share } } },
    ],
  });
  const histogram = (panel: string) => ({
    width: 190,
    height: 50,
    transform: [{ filter: `datum.panel === '${panel}'` }],
    mark: { type: "bar", color: palette.grey, binSpacing: 0 },
    encoding: { x, x2: { field: "upper" }, y: { field: "count", type: "quantitative", scale: { zero: true }, title: "windows", axis: { tickCount: 2 } }, y2: { datum: 0 } },
  });
  return {
    ...frame(`Reliability: ${few(said, 4)}.`),
    title: { text: "What was promised, and what came", subtitle: [`bars: share of right answers${rows.some((row) => row.accuracyLower !== undefined) ? ", with 95 % interval" : ""}; rings: mean confidence;`, "a ring above its bar promises too much"] },
    data: { values: [...rows] },
    hconcat: panels.map((panel) => ({ vconcat: [diagram(panel), histogram(panel)], spacing: 8 })),
    spacing: 24,
  } as unknown as TopLevelSpec;
}
