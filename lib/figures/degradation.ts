/** How a score falls as sensors go missing, and what the curve of means hides. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { spread } from "./spread";
import { colours, frame } from "./theme";

export interface DegradationPoint {
  readonly method: string;
  /** How many are left. */
  readonly sensors: number;
  /** Over all sets of so many and over subjects, with a 95 % interval over subjects. */
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/** The loss of one sensor that costs this method most. */
export interface WorstLossPoint {
  readonly method: string;
  readonly lost: string;
  /** How many are left without it. */
  readonly sensors: number;
  readonly mean: number;
}

/** "early 0.72, 0.52, 0.35, 0.17 (without ankle 0.49)", for each method. */
export const degradationsSaid = (rows: readonly DegradationPoint[], worst: readonly WorstLossPoint[]): string[] =>
  distinct(rows.map((r) => r.method)).map((method) => {
    const own = rows.filter((r) => r.method === method).sort((a, b) => b.sensors - a.sensors);
    const lost = worst.find((w) => w.method === method);
    return `${method} ${own.map((r) => r.mean.toFixed(2)).join(", ")}${lost ? ` (without ${lost.lost} ${lost.mean.toFixed(2)})` : ""}`;
  });

/** @param score what is counted: "macro-F1", "accuracy" */
export function degradationFigure(rows: readonly DegradationPoint[], worst: readonly WorstLossPoint[], score: string): TopLevelSpec {
  const methods = distinct(rows.map((r) => r.method));
  // bands of many methods would hide each other
  const banded = methods.length < 4 && rows.some((r) => r.upper > r.lower);
  const named = methods.length < 4;
  const places = spread(worst.map((w) => w.mean), 0.045); // names that would lie on each other
  const sizes = distinct(rows.map((r) => r.sensors)).sort((a, b) => b - a);
  const x = { field: "sensors", type: "ordinal", sort: sizes, scale: { domain: sizes }, title: "sensors left", axis: { labelAngle: 0 } } as const;
  const y = { type: "quantitative", scale: { domain: [0, 1] as number[] }, title: score } as const;
  const color = { field: "method", type: "nominal", sort: methods, title: null, scale: colours(methods), legend: { symbolType: "circle", symbolOpacity: 1 } } as const;
  return {
    ...frame(`${score} with ${sizes.join(", ")} sensors left: ${few(degradationsSaid(rows, worst), 6)}.`),
    title: {
      text: "What is left when sensors go",
      subtitle: ["lines: mean over all sets of so many sensors" + (banded ? ", band: 95 % over subjects" : ""), `cross: the one loss that costs most${named ? ", with its name" : ""}`],
    },
    width: 340,
    height: 260,
    data: { values: [...rows] },
    encoding: { x, color },
    layer: [
      ...(banded
        ? [{ mark: { type: "area", opacity: 0.15 }, encoding: { y: { field: "lower", ...y }, y2: { field: "upper" } } }]
        : []),
      { mark: { type: "line", point: true }, encoding: { y: { field: "mean", ...y } } },
      {
        data: { values: [...worst] },
        mark: { type: "point", shape: "cross", size: 90, angle: 45 },
        encoding: { y: { field: "mean", ...y } },
      },
      ...(named
        ? [
            {
              data: { values: worst.map((w, i) => ({ ...w, place: places[i] })) },
              mark: { type: "text", align: "right", dx: -9, dy: 1, fontSize: 10 },
              encoding: { y: { field: "place", ...y }, text: { field: "lost", type: "nominal" } },
            },
          ]
        : []),
    ],
  } as TopLevelSpec;
}
