/** Which modality looks at which: how a modality's attention is shared out among all. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few, percent } from "./say";
import { cellNumbers, shadedCells } from "./cells";
import { frame } from "./theme";

export interface CrossModalRow {
  /** Modality that asks. */
  readonly query: string;
  /** Modality that is asked. */
  readonly key: string;
  /** Of the query's attention; NaN where the query was never there. */
  readonly share: number;
  /** A panel each, where given. */
  readonly class?: string;
}

export function crossModalMatrixFigure(rows: readonly CrossModalRow[]): TopLevelSpec {
  const modalities = distinct(rows.flatMap((r) => [r.query, r.key]));
  const classes = distinct(rows.flatMap((r) => (r.class === undefined ? [] : [r.class])));
  const queries = modalities.filter((name) => rows.some((r) => r.query === name));
  const keys = modalities.filter((name) => rows.some((r) => r.key === name));
  const largest = [...rows].filter((r) => r.share > 0).sort((a, b) => b.share - a.share);
  const said = largest.map((r) => `${r.query} to ${r.key}${r.class === undefined ? "" : ` during ${r.class}`} ${percent(r.share)}`);
  const panel = {
    width: { step: classes.length > 1 ? 46 : 62 },
    height: { step: classes.length > 1 ? 30 : 40 },
    encoding: {
      x: { field: "key", type: "nominal", sort: keys, scale: { domain: keys }, title: "looks at", axis: { labelAngle: 0, domain: false, ticks: false } },
      y: { field: "query", type: "nominal", sort: queries, scale: { domain: queries }, title: "who", axis: { domain: false, ticks: false } },
    },
    layer: [
      shadedCells({ field: "share", title: "share of a row (%)" }),
      { transform: [{ filter: "isValid(datum.share)" }], ...cellNumbers("share", ".0%", "datum.share > 0.5") },
    ],
  };
  const facet =
    classes.length > 0
      ? { facet: { field: "class", type: "nominal", sort: classes, title: null }, columns: 4, spacing: 18, spec: panel }
      : panel;
  return {
    ...frame(`Attention from modality to modality, largest shares first: ${few(said, 6)}.`),
    title: { text: "Which modality looks at which", subtitle: "a row sums to 100 %" },
    data: { values: [...rows] },
    ...facet,
  } as TopLevelSpec;
}
