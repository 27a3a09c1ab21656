/** Every set of sensors and every method: a number a cell. */
import type { TopLevelSpec } from "vega-lite";
import { cellNumbers, shadedCells } from "./cells";
import { distinct, few } from "./say";
import { frame } from "./theme";

export interface SubsetCell {
  readonly method: string;
  /** The sensors that are left, joined by "+"; "none". */
  readonly set: string;
  readonly score: number;
}

/**
 * Rows in the order in which sets first appear.
 *
 * @param score what is counted: "macro-F1", "accuracy"
 * @param of whose score
 */
export function subsetTableFigure(rows: readonly SubsetCell[], score: string, of = "mean over held-out subjects"): TopLevelSpec {
  const [methods, sets] = [distinct(rows.map((r) => r.method)), distinct(rows.map((r) => r.set))];
  const said = sets.map((set) => {
    const own = rows.filter((r) => r.set === set);
    const best = own.reduce((a, b) => (b.score > a.score ? b : a));
    return `${set} ${best.score.toFixed(2)}${methods.length > 1 ? ` (${best.method})` : ""}`;
  });
  return {
    ...frame(`${score} by the sensors that are left${methods.length > 1 ? ", best method of each" : ""}: ${few(said, 16)}.`),
    title: { text: "Every set of sensors", subtitle: `${score}, ${of}` },
    width: { step: methods.length > 6 ? 54 : 74 },
    height: { step: 22 },
    data: { values: [...rows] },
    encoding: {
      x: { field: "method", type: "nominal", sort: methods, title: "method", axis: { labelAngle: methods.length > 4 ? -40 : 0, labelOverlap: false, domain: false, ticks: false } },
      y: { field: "set", type: "nominal", sort: sets, title: "sensors left", axis: { domain: false, ticks: false } },
    },
    layer: [shadedCells({ field: "score", title: `${score} (1)`, largest: 1 }), cellNumbers("score", ".2f", "datum.score > 0.55", 10)],
  } as TopLevelSpec;
}
