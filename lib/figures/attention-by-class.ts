/** Where attention goes, class by class: the mean over a class's windows. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { cellNumbers, shadedCells } from "./cells";
import { frame } from "./theme";

export interface AttentionByClassRow {
  readonly class: string;
  /** A modality by name, or a token by its seconds. */
  readonly key: string | number;
  /** Mean over windows, heads and queries. */
  readonly weight: number;
}

/** @param key title of the axis: "key modality", "chest token (s)" */
export function attentionByClassFigure(rows: readonly AttentionByClassRow[], key: string): TopLevelSpec {
  const [classes, keys] = [distinct(rows.map((r) => r.class)), distinct(rows.map((r) => r.key))];
  const largest = rows.reduce((max, r) => Math.max(max, r.weight), 0);
  const said = classes.map((name) => {
    const top = rows.filter((r) => r.class === name).reduce((a, b) => (b.weight > a.weight ? b : a));
    return `${name} ${top.key} (${top.weight.toFixed(2)})`;
  });
  const small = keys.length > 12;
  return {
    ...frame(`Mean attention weight by class; each looks most at: ${few(said)}.`),
    title: { text: "Where each class looks", subtitle: "mean weight over the windows of a class" },
    width: { step: small ? Math.max(8, Math.floor(420 / keys.length)) : 56 },
    height: { step: 28 },
    data: { values: [...rows] },
    encoding: {
      x: { field: "key", type: "ordinal", sort: keys, title: key, axis: { labelAngle: 0, labelOverlap: true, labelSeparation: 4, domain: false, ticks: false } },
      y: { field: "class", type: "nominal", sort: classes, title: "class", axis: { domain: false, ticks: false } },
    },
    layer: [
      shadedCells({
        ...{ field: "weight", title: "weight (1)", largest, line: small ? 0.5 : 2 },
        legendLength: Math.min(120, Math.max(60, 28 * classes.length)),
      }),
      ...(small ? [] : [cellNumbers("weight", ".2f", `datum.weight > ${0.55 * largest}`)]),
    ],
  } as TopLevelSpec;
}
