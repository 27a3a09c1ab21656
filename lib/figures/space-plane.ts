/** Where each method's space lies between two wishes: partners together, room used. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { colours, frame } from "./theme";

export interface SpacePoint {
  readonly method: string;
  /** Chance of losing a modality, in training and testing. */
  readonly p: number;
  /** Mean squared distance of a modality's embedding from the fused one; small is better. */
  readonly alignment: number;
  /** Of the fused embeddings; small is better. */
  readonly uniformity: number;
}

export function spacePlaneFigure(rows: readonly SpacePoint[]): TopLevelSpec {
  const methods = distinct(rows.map((row) => row.method));
  const said = rows.map((row) => `${row.method} at ${row.p} ${row.alignment.toFixed(2)} and ${row.uniformity.toFixed(2)}`);
  return {
    ...frame(`Alignment and uniformity of each space: ${few(said, 10)}.`),
    title: { text: "Partners together, room used", subtitle: "the lower and the further left the better; numbers: chance of losing a modality" },
    width: 330,
    height: 260,
    data: { values: [...rows] },
    encoding: {
      x: { field: "uniformity", type: "quantitative", title: "uniformity of the fused embeddings", scale: { zero: false, padding: 25 } },
      y: { field: "alignment", type: "quantitative", title: "alignment of modalities with the fused one", scale: { zero: false, padding: 20 } },
      color: { field: "method", type: "nominal", sort: methods, title: null, scale: colours(methods), legend: { symbolType: "circle", symbolOpacity: 1 } },
    },
    layer: [
      { mark: { type: "line", opacity: 0.4 }, encoding: { order: { field: "p", type: "quantitative" } } },
      { mark: { type: "point" } },
      { mark: { type: "text", dx: 8, align: "left" }, encoding: { text: { field: "p", type: "quantitative" } } },
    ],
  } as unknown as TopLevelSpec;
}
