/** How much each step of a window changes one token: reach in use. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { colours, frame } from "./theme";

export interface StepInfluenceRow {
  readonly encoder: string;
  /** From the window's beginning. */
  readonly seconds: number;
  /** Change of the token over the largest change that any step makes. */
  readonly share: number;
}

export function stepInfluenceFigure(rows: readonly StepInfluenceRow[]): TopLevelSpec {
  const encoders = distinct(rows.map((r) => r.encoder));
  const said = encoders.map((encoder) => {
    const seen = rows.filter((r) => r.encoder === encoder && r.share >= 0.05).map((r) => r.seconds);
    const [first, last] = [Math.min(...seen), Math.max(...seen)];
    return `${encoder} from ${first.toFixed(2)} to ${last.toFixed(2)} s`;
  });
  return {
    ...frame(`Steps that change a token by 5 % of the largest change or more: ${few(said)}.`),
    title: {
      text: "Which steps change the token in the middle?",
      subtitle: "share of the largest change that any step makes",
    },
    data: { values: [...rows] },
    facet: { field: "encoder", type: "nominal", sort: encoders, title: null },
    columns: 3,
    spacing: 20,
    spec: {
      width: 200,
      height: 90,
      mark: { type: "area", line: true, opacity: 0.3 },
      encoding: {
        x: { field: "seconds", type: "quantitative", title: "time (s)", axis: { grid: false }, scale: { nice: false } },
        y: { field: "share", type: "quantitative", title: "share (1)", axis: { tickCount: 3 }, scale: { domain: [0, 1] } },
        color: { field: "encoder", type: "nominal", scale: colours(encoders), legend: null },
      },
    },
  };
}
