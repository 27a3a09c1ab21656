/** Who looks at whom: the weights of each head, a row for each query. */
import type { TopLevelSpec } from "vega-lite";
import { count, distinct, few } from "./say";
import { cellNumbers, shadedCells } from "./cells";
import { frame, palette } from "./theme";

export interface AttentionMapRow {
  /** A panel each: "head 1". */
  readonly head: string;
  /** Tokens by name, or by their seconds. */
  readonly query: string | number;
  readonly key: string | number;
  readonly weight: number;
  /** Where the weight belongs, as far as it is known: framed. */
  readonly truth?: boolean;
}

/**
 * Tokens stand in the order of the rows. Numbers are written into the cells where there are few.
 *
 * @param titles of the axes: "hand token (s)", "chest token (s)"
 */
export function attentionMapFigure(
  rows: readonly AttentionMapRow[],
  titles: { readonly query: string; readonly key: string },
): TopLevelSpec {
  const heads = distinct(rows.map((r) => r.head));
  const [queries, keys] = [distinct(rows.map((r) => r.query)), distinct(rows.map((r) => r.key))];
  const largest = rows.reduce((max, r) => Math.max(max, r.weight), 0);
  const known = rows.filter((r) => r.truth);
  const said = heads.map((head) => {
    const top = rows.filter((r) => r.head === head).reduce((a, b) => (b.weight > a.weight ? b : a));
    return `${head} ${top.weight.toFixed(2)} from ${top.query} to ${top.key}`;
  });
  const small = Math.max(queries.length, keys.length) > 12;
  const step = (tokens: number): number => (small ? Math.max(4, Math.min(14, Math.floor(240 / tokens))) : 44);
  const axis = { labelAngle: 0, labelOverlap: true, domain: false, ticks: false, labelSeparation: 4 } as const;
  return {
    ...frame(
      `Attention weights of ${count(queries.length)} queries over ${count(keys.length)} keys; largest: ${few(said, 4)}.`,
    ),
    title: { text: "Who looks at whom", subtitle: `a row for each query${known.length ? "; framed: where the answer lies" : ""}` },
    data: { values: [...rows] },
    facet: { field: "head", type: "nominal", sort: heads, title: null },
    columns: small ? 2 : 4,
    spacing: 22,
    spec: {
      width: keys.length * step(keys.length),
      height: queries.length * step(queries.length),
      encoding: {
        x: { field: "key", type: "ordinal", sort: keys, scale: { domain: keys }, title: titles.key, axis },
        y: { field: "query", type: "ordinal", sort: queries, scale: { domain: queries }, title: titles.query, axis },
      },
      layer: [
        shadedCells({ field: "weight", title: "weight (1)", largest, line: small ? 0.3 : 2 }),
        ...(known.length
          ? [
              {
                transform: [{ filter: "datum.truth" }],
                mark: { type: "rect", filled: false, stroke: palette.vermilion, strokeWidth: small ? 1 : 2.5 },
              } as const,
            ]
          : []),
        ...(small ? [] : [cellNumbers("weight", ".2f", `datum.weight > ${0.55 * largest}`)]),
      ],
    },
  } as TopLevelSpec;
}
