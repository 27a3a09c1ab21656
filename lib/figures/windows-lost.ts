/** What becomes of the windows under a rule for missing values, published beside corrected. */
import type { TopLevelSpec } from "vega-lite";
import { count, distinct, percent } from "./say";
import { frame, palette } from "./theme";

export interface WindowsLostRow {
  /** "published", "corrected", or another way of processing. */
  readonly processing: string;
  /** What is asked of a window: "hand complete", "all complete", "anything measured". */
  readonly asked: string;
  readonly kept: number;
  readonly lost: number;
}

/** Each bar is 100 % of the windows; the number beside its red part is what is lost. */
export function windowsLostFigure(rows: readonly WindowsLostRow[]): TopLevelSpec {
  const processings = distinct(rows.map((r) => r.processing));
  const all = (r: WindowsLostRow): number => r.kept + r.lost;
  const said = rows.map((r) => `${r.processing}, ${r.asked}: ${percent(r.lost / all(r))} of ${count(all(r))}`);
  const values = rows.flatMap((r) => {
    const share = r.lost / all(r);
    const label = `${count(r.lost)} of ${count(all(r))} (${percent(share)})`;
    const { processing, asked } = r;
    return [
      { processing, asked, fate: "lost", from: 0, to: share, label },
      { processing, asked, fate: "kept", from: share, to: 1, label: "" },
    ];
  });
  const panel = (processing: string, i: number): object => ({
    title: { text: processing, fontSize: 12 },
    width: 360,
    height: { step: 25 },
    transform: [{ filter: { field: "processing", equal: processing } }],
    encoding: {
      y: {
        field: "asked",
        type: "nominal",
        sort: distinct(rows.filter((r) => r.processing === processing).map((r) => r.asked)),
        title: null,
        axis: { ticks: false, domain: false },
      },
    },
    layer: [
      {
        mark: { type: "bar", height: { band: 0.72 } },
        encoding: {
          x: {
            field: "from",
            type: "quantitative",
            title: "share of windows (%)",
            axis: { format: "%", tickCount: 5, ...(i < processings.length - 1 ? { title: null, labels: false } : {}) },
            scale: { domain: [0, 1] },
          },
          x2: { field: "to" },
          color: {
            field: "fate",
            type: "nominal",
            title: null,
            scale: { domain: ["lost", "kept"], range: [palette.vermilion, "#D9E3EA"] },
            legend: { orient: "right", symbolType: "square" },
          },
        },
      },
      {
        transform: [{ filter: "datum.fate === 'lost'" }],
        mark: { type: "text", align: "left", dx: 6 },
        encoding: { x: { field: "to", type: "quantitative" }, text: { field: "label", type: "nominal" } },
      },
    ],
  });
  return {
    ...frame(`Windows lost: ${said.join("; ")}.`),
    title: { text: "Windows that missing values cost", subtitle: "beside each bar: windows lost, of all that were cut" },
    data: { values },
    vconcat: processings.map(panel),
    spacing: 14,
  } as TopLevelSpec;
}
