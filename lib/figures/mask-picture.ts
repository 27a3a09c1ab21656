/** Who may look at whom, as squares. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { frame, palette } from "./theme";

export interface MaskCell {
  /** Which mask. */
  readonly mask: string;
  /** What the token is called, and its place from 0. */
  readonly query: string;
  readonly key: string;
  readonly row: number;
  readonly column: number;
  readonly allowed: boolean;
}

/** One square a pair of tokens, one panel a mask; rows ask, columns answer. */
export function maskPictureFigure(cells: readonly MaskCell[]): TopLevelSpec {
  const masks = distinct(cells.map((cell) => cell.mask));
  const said = masks.map((mask) => {
    const own = cells.filter((cell) => cell.mask === mask);
    return `${mask} ${own.filter((cell) => cell.allowed).length} of ${own.length}`;
  });
  const rows = cells.map((cell) => ({ ...cell, look: cell.allowed ? "may look" : "may not" }));
  const first = cells.filter((cell) => cell.mask === masks[0]);
  const names = (axis: "row" | "column", name: "query" | "key"): string =>
    `(${JSON.stringify(
      first
        .filter((cell) => (axis === "row" ? cell.column : cell.row) === 0)
        .sort((a, b) => a[axis] - b[axis])
        .map((cell) => cell[name]),
    )})[datum.value]`;
  const count = Math.max(...cells.map((cell) => cell.row)) + 1;
  const axis = (labelExpr: string, labelAngle: number) => ({
    ...{ labelExpr, labelAngle, domain: false, ticks: false, labelPadding: 4, labelOverlap: false },
  });
  return {
    ...frame(`Pairs of tokens that may look: ${few(said, 6)}.`),
    title: { text: "Who may look at whom", subtitle: "row asks, column answers" },
    data: { values: rows },
    facet: { field: "mask", type: "nominal", sort: masks, title: null },
    columns: 3,
    spec: {
      width: count * 19,
      height: count * 19,
      mark: { type: "rect", stroke: "#FFFFFF", strokeWidth: 1.5 },
      encoding: {
        x: { field: "column", type: "ordinal", title: "answers", axis: axis(names("column", "key"), -90) },
        y: { field: "row", type: "ordinal", title: "asks", axis: axis(names("row", "query"), 0) },
        color: {
          field: "look",
          type: "nominal",
          title: null,
          scale: { domain: ["may look", "may not"], range: [palette.blue, "#E9EEF2"] },
        },
      },
    },
    resolve: { axis: { x: "independent", y: "independent" } },
  } as unknown as TopLevelSpec;
}
