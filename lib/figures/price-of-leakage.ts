/** The same model on the same test windows, learned from three kinds of training windows: what does a leak pretend? */
import type { TopLevelSpec } from "vega-lite";
import { distinct } from "./say";
import { spread } from "./spread";
import { colours, frame, palette } from "./theme";

export interface LeakagePriceRow {
  /** The held-out subject. */
  readonly subject: string;
  readonly split: string;
  readonly score: number;
}

export interface MeanRow {
  readonly split: string;
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * A line for each held-out subject, the mean over subjects with its interval beside the dots.
 *
 * @param means for the same splits, in the order in which they are to stand
 * @param score what is counted: "macro-F1", "accuracy"
 */
export function priceOfLeakageFigure(
  rows: readonly LeakagePriceRow[],
  means: readonly MeanRow[],
  score: string,
): TopLevelSpec {
  const splits = distinct(means.map((m) => m.split));
  const said = means.map((m) => `${m.split} ${m.mean.toFixed(3)} (${m.lower.toFixed(3)} to ${m.upper.toFixed(3)})`);
  const height = 320;
  const ends = rows.filter((r) => r.split === splits.at(-1));
  const places = spread(ends.map((r) => r.score), 12 / height); // a label is 12 pixels high, and 1 is the whole height
  const labels = ends.map((r, i) => ({ ...r, place: places[i]! }));
  const y = { type: "quantitative", scale: { domain: [0, 1] as number[] } } as const;
  const color = { field: "split", type: "nominal", scale: colours(splits), legend: null } as const;
  const summary = { values: [...means] };
  const number = { align: "right", xOffset: -34, fontSize: 13, fontWeight: 600 } as const;
  const mean = { y: { field: "mean", ...y }, text: { field: "mean", type: "quantitative", format: ".2f" } } as const;
  return {
    ...frame(
      `Mean ${score} over ${distinct(rows.map((r) => r.subject)).length} held-out subjects with 95 % interval: ${said.join(", ")}.`,
    ),
    title: {
      text: "The price of leakage",
      subtitle: ["same model, same test windows; thin: a held-out subject,", "thick: mean over subjects with 95 % interval"],
    },
    width: 460,
    height,
    data: { values: [...rows] },
    encoding: {
      x: {
        field: "split",
        type: "nominal",
        sort: splits,
        title: null,
        axis: { labelAngle: 0, grid: false, labelPadding: 6 },
        scale: { padding: 0.35 },
      },
    },
    layer: [
      {
        mark: { type: "line", color: palette.grey, strokeWidth: 1, opacity: 0.7, point: { color: palette.grey, size: 28 } },
        encoding: {
          y: { field: "score", ...y, title: `${score} of the held-out subject` },
          detail: { field: "subject", type: "nominal" },
        },
      },
      {
        data: { values: labels },
        mark: { type: "text", align: "left", dx: 10, fontSize: 10, color: "#555555" },
        encoding: { y: { field: "place", ...y }, text: { field: "subject", type: "nominal" } },
      },
      {
        data: summary,
        mark: { type: "rule", strokeWidth: 3, xOffset: -22 },
        encoding: { y: { field: "lower", ...y }, y2: { field: "upper" }, color },
      },
      {
        data: summary,
        mark: { type: "point", size: 110, filled: true, xOffset: -22 },
        encoding: { y: { field: "mean", ...y }, color },
      },
      { data: summary, mark: { type: "text", ...number, stroke: "#FFFFFF", strokeWidth: 4 }, encoding: mean }, // a halo
      { data: summary, mark: { type: "text", ...number }, encoding: mean },
    ],
  };
}
