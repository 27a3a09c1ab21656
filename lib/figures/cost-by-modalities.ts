/** What one more modality costs. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { colours, frame } from "./theme";

export interface ModalityCost {
  readonly method: string;
  readonly modalities: number;
  /** Such as "multiply-adds of a sample (millions)": a panel of its own. */
  readonly quantity: string;
  readonly value: number;
}

export function costByModalitiesFigure(rows: readonly ModalityCost[]): TopLevelSpec {
  const [methods, quantities] = [distinct(rows.map((row) => row.method)), distinct(rows.map((row) => row.quantity))];
  const most = Math.max(...rows.map((row) => row.modalities));
  const said = rows
    .filter((row) => row.modalities === most)
    .map((row) => `${row.method} ${row.value.toPrecision(3)} ${row.quantity}`);
  return {
    ...frame(`With ${most} modalities: ${few(said, 9)}.`),
    title: { text: "What one more modality costs", subtitle: "a logarithmic scale: a straight line is a constant factor" },
    data: { values: [...rows] },
    facet: { column: { field: "quantity", type: "nominal", sort: quantities, title: null } },
    spec: {
      width: 230,
      height: 220,
      mark: { type: "line", point: true },
      encoding: {
        x: { field: "modalities", type: "ordinal", title: "modalities", axis: { labelAngle: 0 } },
        y: { field: "value", type: "quantitative", title: "amount", scale: { type: "log" } },
        color: { field: "method", type: "nominal", sort: methods, title: null, scale: colours(methods) },
      },
    },
    resolve: { scale: { y: "independent" } },
  } as unknown as TopLevelSpec;
}
