/** How near does each model come to what its sensors can tell at all? Of simulated data, where that is known. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { colours, frame, palette } from "./theme";

export interface ScoreRow {
  readonly model: string;
  /** "one modality", "corrected", "published": a colour each. */
  readonly kind: string;
  /** A panel each: "other trials", "other people". */
  readonly protocol: string;
  readonly score: number;
}

export interface CeilingRow {
  readonly name: string;
  readonly score: number;
}

/** In the order of the rows. @param score what is counted: "accuracy" */
export function scoresAndCeilingsFigure(rows: readonly ScoreRow[], ceilings: readonly CeilingRow[], score: string): TopLevelSpec {
  const [models, kinds, protocols] = [distinct(rows.map((r) => r.model)), distinct(rows.map((r) => r.kind)), distinct(rows.map((r) => r.protocol))];
  const said = rows.map((r) => `${r.model}, ${r.protocol}, ${r.score.toFixed(3)}`);
  const known = ceilings.map((c) => `${c.name} ${c.score.toFixed(3)}`);
  const x = { type: "quantitative", scale: { domain: [0, 1] as number[] } } as const;
  const layer = (own: readonly string[]): object[] => [
    { data: { values: [...ceilings] }, mark: { type: "rule", color: palette.grey, strokeDash: [4, 3] }, encoding: { x: { field: "score", ...x } } },
    { data: { values: [...ceilings] }, mark: { type: "text", baseline: "bottom", dy: -4, fontSize: 10, color: palette.grey }, encoding: { x: { field: "score", ...x }, y: { value: 0 }, text: { field: "name", type: "nominal" } } },
    {
      mark: { type: "point", size: 75 },
      encoding: {
        x: { field: "score", ...x, title: score },
        y: { field: "model", type: "nominal", sort: models, scale: { domain: [...own] }, title: null, axis: { grid: true, ticks: false, labelLimit: 260 } },
        color: { field: "kind", type: "nominal", title: "kind", scale: colours(kinds), legend: kinds.length > 1 ? { orient: "bottom", symbolType: "circle" } : null },
      },
    },
  ];
  return {
    ...frame(`${score} of ${few(said, 8)}; the best possible: ${known.join(", ")}.`),
    data: { values: [...rows] },
    vconcat: protocols.map((protocol) => ({
      title: { text: protocol, offset: 20 },
      width: 430,
      height: { step: 21 },
      transform: [{ filter: { field: "protocol", equal: protocol } }],
      layer: layer(models.filter((model) => rows.some((r) => r.model === model && r.protocol === protocol))),
    })),
    spacing: 26,
  } as TopLevelSpec;
}
