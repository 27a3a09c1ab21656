/** What a failing sensor costs, by how much of it fails: a panel for each kind of fault. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { colours, frame } from "./theme";

export interface RobustnessPoint {
  readonly method: string;
  /** "noise", "delay". */
  readonly kind: string;
  /** Of the amount. */
  readonly unit: string;
  readonly amount: number;
  /** Over subjects, with a 95 % interval. */
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/** @param score what is counted: "macro-F1", "NLL (nats)" @param failing which sensor fails: "one sensor, mean over sensors" */
export function robustnessFigure(rows: readonly RobustnessPoint[], score: string, failing: string): TopLevelSpec {
  const [methods, kinds] = [distinct(rows.map((r) => r.method)), distinct(rows.map((r) => r.kind))];
  const said = kinds.flatMap((kind) =>
    methods.map((method) => {
      const own = rows.filter((r) => r.kind === kind && r.method === method).map((r) => r.mean);
      return `${kind} ${method} ${Math.min(...own).toFixed(2)} to ${Math.max(...own).toFixed(2)}`;
    }),
  );
  const all = rows.flatMap((r) => [r.lower, r.upper]);
  const domain = [Math.min(0, ...all), Math.max(1, ...all)];
  const y = { type: "quantitative", scale: { domain }, title: score } as const;
  const color = { field: "method", type: "nominal", sort: methods, title: null, scale: colours(methods), legend: { orient: "top", symbolType: "circle", symbolOpacity: 1 } } as const;
  const panel = (kind: string) => {
    const own = rows.filter((r) => r.kind === kind);
    const amounts = distinct(own.map((r) => r.amount)).sort((a, b) => a - b);
    return {
      title: { text: kind, fontSize: 12 },
      width: 150,
      height: 130,
      transform: [{ filter: `datum.kind === '${kind}'` }],
      encoding: {
        x: { field: "amount", type: "ordinal", sort: amounts, title: `amount (${own[0]!.unit})`, axis: { labelAngle: 0 } },
        color,
      },
      layer: [
        { mark: { type: "area", opacity: methods.length < 3 ? 0.12 : 0 }, encoding: { y: { field: "lower", ...y }, y2: { field: "upper" } } },
        { mark: { type: "line", point: true }, encoding: { y: { field: "mean", ...y } } },
      ],
    };
  };
  return {
    ...frame(`${score} when ${failing} fails: ${few(said, 8)}.`),
    title: { text: "Sensors that fail without being absent", subtitle: `${failing}; leftmost or at factor 1: no fault` },
    data: { values: [...rows] },
    concat: kinds.map(panel),
    columns: 4,
    spacing: 28,
  } as unknown as TopLevelSpec;
}
