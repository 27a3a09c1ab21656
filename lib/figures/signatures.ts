/** Signatures beside each other: which keys go with which values. */
import type { TopLevelSpec } from "vega-lite";
import { few } from "./say";
import { frame } from "./theme";

export interface SignaturePanel {
  readonly of: string;
  readonly dim: number;
  /** [dim, dim] in rows: key by value. */
  readonly mean: readonly number[];
  /** From the first panel's. */
  readonly distance: number;
}

/** All panels share one scale of colours, white at 0. */
export function signaturesFigure(panels: readonly SignaturePanel[]): TopLevelSpec {
  const most = panels.reduce((max, { mean }) => mean.reduce((m, x) => Math.max(m, Math.abs(x)), max), 0);
  const cells = panels.flatMap(({ of, dim, mean }) =>
    mean.map((value, i) => ({ of, key: Math.floor(i / dim), value: i % dim, cell: value })),
  );
  const said = panels.map(({ of, distance }) => `${of} ${distance.toFixed(2)}`);
  const axis = { labels: false, ticks: false, domain: false, grid: false } as const;
  const panel = ({ of, dim, distance }: SignaturePanel): object => ({
    title: { text: of, subtitle: `mean distance ${distance.toFixed(2)}`, fontSize: 12 },
    width: 150,
    height: 150,
    transform: [{ filter: `datum.of === ${JSON.stringify(of)}` }],
    mark: { type: "rect" },
    encoding: {
      x: { field: "value", type: "ordinal", title: `value (1 to ${dim})`, axis },
      y: { field: "key", type: "ordinal", title: `key (1 to ${dim})`, axis },
      color: {
        ...{ field: "cell", type: "quantitative", title: "S" },
        scale: { scheme: "blueorange", domain: [-most, most], domainMid: 0 },
      },
    },
  });
  return {
    ...frame(`Mean signatures, and how far each is from the first: ${few(said, 6)}.`),
    title: { text: "Signatures on new people", subtitle: "S, keys by values: the mean over test windows; under each name the mean of window-wise distances to the first" },
    data: { values: cells },
    hconcat: panels.map(panel),
    spacing: 18,
  } as TopLevelSpec;
}
