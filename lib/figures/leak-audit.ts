/** What the test windows of a split share with its training windows. */
import type { TopLevelSpec } from "vega-lite";
import { count, distinct, percent } from "./say";
import { frame, palette } from "./theme";

export interface LeakAuditRow {
  readonly split: string;
  /** What is shared: "samples", "segment", "subject". */
  readonly shares: string;
  /** Test windows that share it with training. */
  readonly windows: number;
  readonly testWindows: number;
}

/** A panel for each thing shared, a bar for each split. Samples in common are a leak, the rest is a matter of the question. */
export function leakAuditFigure(rows: readonly LeakAuditRow[]): TopLevelSpec {
  const [splits, shared] = [distinct(rows.map((r) => r.split)), distinct(rows.map((r) => r.shares))];
  const share = (r: LeakAuditRow): number => r.windows / r.testWindows;
  const said = splits.map(
    (split) => `${split}: ${rows.filter((r) => r.split === split).map((r) => `${r.shares} ${percent(share(r))}`).join(", ")}`,
  );
  return {
    ...frame(`Share of test windows that have something in common with training. ${said.join("; ")}.`),
    title: { text: "What the test shares with training", subtitle: "share of test windows" },
    data: { values: rows.map((r) => ({ ...r, share: share(r), label: `${percent(share(r), 0)} (${count(r.windows)})` })) },
    facet: { column: { field: "shares", type: "nominal", sort: shared, title: null } },
    spacing: 24,
    spec: {
      width: 190,
      height: { step: 30 },
      encoding: {
        y: { field: "split", type: "nominal", sort: splits, title: null, axis: { ticks: false, domain: false } },
        x: {
          field: "share",
          type: "quantitative",
          title: "test windows (%)",
          scale: { domain: [0, 1] },
          axis: { format: "%", tickCount: 3 },
        },
      },
      layer: [
        {
          mark: { type: "bar", height: { band: 0.62 } },
          encoding: {
            color: {
              condition: { test: "datum.shares === 'samples' && datum.windows > 0", value: palette.vermilion },
              value: palette.sky,
            },
          },
        },
        {
          transform: [{ filter: "datum.share < 0.5" }],
          mark: { type: "text", align: "left", dx: 5 },
          encoding: { text: { field: "label", type: "nominal" } },
        },
        {
          transform: [{ filter: "datum.share >= 0.5" }],
          mark: { type: "text", align: "right", dx: -6 },
          encoding: {
            text: { field: "label", type: "nominal" },
            color: { condition: { test: "datum.shares === 'samples'", value: "#FFFFFF" }, value: palette.black },
          },
        },
      ],
    },
  };
}
