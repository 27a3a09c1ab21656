/** How often a model is wrong when it may stay silent where it is least sure. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { colours, frame } from "./theme";

export interface RiskPoint {
  readonly method: string;
  /** Share of the windows that are answered, the surest first. */
  readonly coverage: number;
  /** Share of errors among them. */
  readonly risk: number;
}

export function riskCoverageFigure(rows: readonly RiskPoint[]): TopLevelSpec {
  const methods = distinct(rows.map(({ method }) => method));
  const said = methods.map((method) => {
    const own = rows.filter((row) => row.method === method).sort((a, b) => a.coverage - b.coverage);
    const half = own.reduce((best, row) => (Math.abs(row.coverage - 0.5) < Math.abs(best.coverage - 0.5) ? row : best), own[0]!);
    return `${method} ${half.risk.toFixed(3)} on the surer half and ${own.at(-1)!.risk.toFixed(3)} on all`;
  });
  const top = Math.max(0.05, ...rows.map(({ risk }) => risk));
  return {
    ...frame(`Share of errors by the share of windows answered: ${few(said, 6)}.`),
    title: { text: "If it may stay silent", subtitle: "the surest windows are answered first; right end: all windows" },
    width: 330,
    height: 230,
    data: { values: [...rows] },
    mark: { type: "line", point: { size: 22 } },
    encoding: {
      x: { field: "coverage", type: "quantitative", scale: { domain: [0, 1] }, title: "share of windows answered" },
      y: { field: "risk", type: "quantitative", scale: { domain: [0, Math.ceil(top * 20) / 20] }, title: "share of errors among them" },
      color: { field: "method", type: "nominal", sort: methods, title: null, scale: colours(methods), legend: { symbolType: "circle", symbolOpacity: 1 } },
    },
  } as TopLevelSpec;
}
