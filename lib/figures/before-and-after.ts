/** One score of each set of sensors under each correction: what helps where a sensor is gone? */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { colours, frame, palette } from "./theme";

export interface BeforeAfterRow {
  /** The sensors that are left. */
  readonly set: string;
  readonly correction: string;
  readonly score: number;
}

/** In the order of the rows. @param score what is counted: "NLL (nats)", "ECE"; smaller is better */
export function beforeAndAfterFigure(rows: readonly BeforeAfterRow[], score: string): TopLevelSpec {
  const [sets, corrections] = [distinct(rows.map((r) => r.set)), distinct(rows.map((r) => r.correction))];
  const said = sets.map((set) => {
    const own = rows.filter((row) => row.set === set);
    return `${set} ${own.map((row) => `${row.correction} ${row.score.toFixed(2)}`).join(" ")}`;
  });
  const x = { type: "quantitative", scale: { domain: [0, Math.max(...rows.map((r) => r.score)) * 1.03] as number[], nice: true }, title: score } as const;
  const ranges = sets.map((set) => {
    const own = rows.filter((row) => row.set === set).map((row) => row.score);
    return { set, least: Math.min(...own), most: Math.max(...own) };
  });
  return {
    ...frame(`${score} by sensors left: ${few(said, 8)}.`),
    title: { text: "Before and after, for each set of sensors", subtitle: "left is better" },
    width: 360,
    height: { step: 20 },
    data: { values: [...rows] },
    encoding: { y: { field: "set", type: "nominal", sort: sets, title: "sensors left", axis: { ticks: false, labelLimit: 260 } } },
    layer: [
      { data: { values: ranges }, mark: { type: "rule", color: palette.grey, strokeWidth: 1 }, encoding: { x: { field: "least", ...x }, x2: { field: "most" } } },
      {
        mark: { type: "point", size: 55, opacity: 0.9 },
        encoding: {
          x: { field: "score", ...x },
          color: { field: "correction", type: "nominal", sort: corrections, title: null, scale: colours(corrections), legend: { orient: "top", symbolType: "circle", columns: 2 } },
        },
      },
    ],
  } as TopLevelSpec;
}
