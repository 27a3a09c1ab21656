/** How a score falls as modalities are lost more and more often. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { colours, frame } from "./theme";

export interface LossPoint {
  readonly method: string;
  /** Chance of losing a modality in training, which is a panel, ... */
  readonly trainedAt: string;
  /** ... and in testing. */
  readonly testedAt: number;
  readonly mean: number;
  /** 95 % over people, videos or sites. */
  readonly lower: number;
  readonly upper: number;
}

/** @param score what is counted: "accuracy" @param floor that of the commonest class */
export function lossOfModalitiesFigure(rows: readonly LossPoint[], score: string, floor: number): TopLevelSpec {
  const methods = distinct(rows.map((row) => row.method));
  const said = methods.map((method) => {
    const own = rows.filter((row) => row.method === method);
    return `${method} ${own.map((row) => `${row.mean.toFixed(2)} at ${row.testedAt}`).join(", ")}`;
  });
  const x = { field: "testedAt", type: "quantitative", title: "chance of losing a modality in testing" } as const;
  const y = { type: "quantitative", title: score, scale: { domain: [0, 1] } } as const;
  const sort = distinct(rows.map((row) => row.trainedAt));
  return {
    ...frame(`${score} by the chance of losing a modality: ${few(said, 8)}; the commonest class ${floor.toFixed(2)}.`),
    title: { text: "What is left as modalities are lost", subtitle: "line: mean; band: 95 % over groups; grey: the commonest class" },
    data: { values: rows.map((row) => ({ ...row, floor })) },
    facet: { column: { field: "trainedAt", type: "nominal", sort, title: null } },
    spec: {
      width: 250,
      height: 220,
      encoding: {
        x: { ...x, axis: { values: distinct(rows.map((row) => row.testedAt)) } },
        color: { field: "method", type: "nominal", sort: methods, title: null, scale: colours(methods), legend: { symbolType: "circle", symbolOpacity: 1 } },
      },
      layer: [
        { mark: { type: "area", opacity: 0.12 }, encoding: { y: { field: "lower", ...y }, y2: { field: "upper" } } },
        { mark: { type: "line", point: true }, encoding: { y: { field: "mean", ...y } } },
        {
          mark: { type: "line", strokeDash: [4, 3], color: "#999999", strokeWidth: 1 },
          encoding: { y: { field: "floor", ...y }, color: { value: "#999999" } },
        },
      ],
    },
  } as unknown as TopLevelSpec;
}
