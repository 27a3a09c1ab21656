/** What was taken for what. */
import type { TopLevelSpec } from "vega-lite";
import { count, distinct, few, percent } from "./say";
import { cellNumbers, shadedCells } from "./cells";
import { frame } from "./theme";

export interface ConfusionRow {
  readonly truth: string;
  readonly predicted: string;
  readonly windows: number;
  /** Of the windows of this truth; NaN where there is none. */
  readonly share: number;
}

/** The shade is the share of the row, the number the windows; cells without a window stay empty. */
export function confusionMatrixFigure(rows: readonly ConfusionRow[]): TopLevelSpec {
  const classes = distinct(rows.flatMap((r) => [r.truth, r.predicted]));
  const mistakes = rows.filter((r) => r.truth !== r.predicted && r.windows > 0).sort((a, b) => b.windows - a.windows);
  const [all, right] = [rows, rows.filter((r) => r.truth === r.predicted)].map((part) => part.reduce((sum, r) => sum + r.windows, 0));
  const worst = few(mistakes.map((r) => `${r.truth} taken for ${r.predicted} ${count(r.windows)} (${percent(r.share)})`), 4);
  const small = classes.length > 8;
  return {
    ...frame(`${count(right!)} of ${count(all!)} windows are right${worst && `; most often wrong: ${worst}`}.`),
    title: { text: "What was taken for what", subtitle: "windows; the shade is the share of a row" },
    width: { step: small ? 42 : 62 },
    height: { step: small ? 28 : 40 },
    data: { values: rows.filter((r) => r.windows > 0) },
    encoding: {
      x: { field: "predicted", type: "nominal", sort: classes, scale: { domain: classes }, title: "predicted", axis: { labelAngle: -40, labelOverlap: false, domain: false, ticks: false } },
      y: { field: "truth", type: "nominal", sort: classes, scale: { domain: classes }, title: "truth", axis: { domain: false, ticks: false } },
    },
    layer: [
      shadedCells({ field: "share", title: "share of truth (%)" }),
      cellNumbers("windows", ",", "datum.share > 0.5", small ? 10 : 12),
    ],
  };
}
