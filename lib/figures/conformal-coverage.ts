/** Is a promise about sets kept for each person, or only on average? */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { colours, frame, palette } from "./theme";

export interface CoverageRow {
  readonly method: string;
  readonly subject: string;
  /** Share of this person's sets that hold the truth. */
  readonly covered: number;
}

/** @param promised 0.9 for sets that were to miss one in ten @param pooled by method: over all windows together */
export function conformalCoverageFigure(rows: readonly CoverageRow[], pooled: Readonly<Record<string, number>>, promised: number): TopLevelSpec {
  const methods = distinct(rows.map(({ method }) => method));
  const said = methods.map((method) => {
    const own = rows.filter((row) => row.method === method).map(({ covered }) => covered);
    return `${method} ${pooled[method]!.toFixed(3)} in all, by person ${Math.min(...own).toFixed(2)} to ${Math.max(...own).toFixed(2)}`;
  });
  const least = Math.min(promised, ...rows.map(({ covered }) => covered));
  const x = { type: "quantitative", scale: { domain: [Math.max(0, Math.floor(10 * least - 0.5) / 10), 1] as number[] }, title: "share of sets that hold the truth" } as const;
  return {
    ...frame(`Coverage of sets that promise ${promised}: ${few(said, 6)}.`),
    title: { text: `Promised: ${promised}`, subtitle: ["rings: each person; dot: all windows together; dashed: the promise"] },
    width: 360,
    height: { step: 26 },
    data: { values: [...rows] },
    encoding: { y: { field: "method", type: "nominal", sort: methods, title: null, axis: { grid: true, ticks: false, labelLimit: 260 } } },
    layer: [
      { data: { values: [{ promised }] }, mark: { type: "rule", color: palette.grey, strokeDash: [4, 3] }, encoding: { x: { field: "promised", ...x }, y: null } },
      { mark: { type: "point", filled: false, size: 40, color: palette.grey }, encoding: { x: { field: "covered", ...x } } },
      {
        data: { values: methods.map((method) => ({ method, pooled: pooled[method] })) },
        mark: { type: "point", size: 90 },
        encoding: { x: { field: "pooled", ...x }, color: { field: "method", type: "nominal", sort: methods, scale: colours(methods), legend: null } },
      },
    ],
  } as TopLevelSpec;
}
