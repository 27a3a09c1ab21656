/** How a model learned: loss and score by epoch, on what it learns from and on what stops it. */
import type { TopLevelSpec } from "vega-lite";
import { distinct } from "./say";
import { colours, frame, palette } from "./theme";

export interface TrainingCurveRow {
  readonly epoch: number;
  /** "train" or "stop". */
  readonly part: string;
  /** "loss", "accuracy", ...: a panel each. */
  readonly quantity: string;
  readonly value: number;
}

/** @param bestEpoch whose weights were kept: the dashed line */
export function trainingCurvesFigure(rows: readonly TrainingCurveRow[], bestEpoch: number): TopLevelSpec {
  const [parts, quantities] = [distinct(rows.map((r) => r.part)), distinct(rows.map((r) => r.quantity))];
  const best = rows.filter((r) => r.epoch === bestEpoch && Number.isFinite(r.value));
  const said = best.map((r) => `${r.quantity} (${r.part}) ${r.value.toFixed(3)}`).join(", ");
  const longest = Math.max(...rows.map((r) => r.epoch));
  const panel = (quantity: string): object => ({
    width: 250,
    height: 180,
    transform: [{ filter: `datum.quantity === ${JSON.stringify(quantity)}` }],
    layer: [
      {
        mark: { type: "line", point: longest <= 30 ? { size: 22 } : false },
        encoding: {
          x: { field: "epoch", type: "quantitative", title: "epoch", axis: { tickMinStep: 1, format: "d", grid: false }, scale: { zero: false, nice: false } },
          y: { field: "value", type: "quantitative", title: quantity, scale: { zero: quantity === "loss" }, axis: { tickCount: 5 } },
          color: { field: "part", type: "nominal", title: null, scale: colours(parts), legend: { orient: "top", symbolType: "stroke" } },
        },
      },
      {
        mark: { type: "rule", strokeDash: [4, 3], color: palette.black },
        encoding: { x: { datum: bestEpoch, type: "quantitative" } },
      },
    ],
  });
  return {
    ...frame(`Learning over ${longest} epochs; weights of epoch ${bestEpoch} are kept${said && `, with ${said}`}.`),
    title: { text: "How it learned", subtitle: `dashed: epoch ${bestEpoch}, whose weights are kept` },
    data: { values: [...rows] },
    hconcat: quantities.map(panel),
    spacing: 36,
  } as TopLevelSpec;
}
