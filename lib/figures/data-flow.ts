/** How something flows: boxes in columns, arrows between them; a panel for each way. */
import type { TopLevelSpec } from "vega-lite";
import { distinct } from "./say";
import { colours, frame, palette } from "./theme";

export interface FlowBox {
  /** Which panel. */
  readonly way: string;
  readonly label: string;
  /** From the left. */
  readonly column: number;
  /** From the top; may lie between two rows. */
  readonly row: number;
  /** A colour each: "sensor", "learned", "answer". */
  readonly kind: string;
}

export interface Flow {
  readonly boxes: readonly FlowBox[];
  /** Between boxes of one panel, by [column, row]. */
  readonly arrows: readonly { readonly way: string; readonly from: readonly [number, number]; readonly to: readonly [number, number] }[];
}

/** Half a box: columns and rows are 1 apart. */
const [halfWidth, halfHeight] = [0.41, 0.3];

export function dataFlowFigure({ boxes, arrows }: Flow, title: string): TopLevelSpec {
  const [ways, kinds] = [distinct(boxes.map((b) => b.way)), distinct(boxes.map((b) => b.kind))];
  const columns = Math.max(...boxes.map((b) => b.column));
  const rows = Math.max(...boxes.map((b) => b.row));
  const said = ways.map((way) => {
    const labels = boxes.filter((b) => b.way === way).map((b) => b.label);
    return `${way}: ${distinct(labels).join(", ")}`;
  });
  const drawn = boxes.map(({ way, label, column, row, kind }) => ({
    ...{ way, label, kind, x: column, y: row },
    ...{ left: column - halfWidth, right: column + halfWidth, top: row - halfHeight, bottom: row + halfHeight },
  }));
  const lines = arrows.map(({ way, from: [c, r], to: [d, s] }) => ({ way, x1: c + halfWidth, y1: r, x2: d - halfWidth, y2: s }));
  const x = { type: "quantitative", axis: null, scale: { domain: [-0.5, columns + 0.5], nice: false, zero: false } } as const;
  const y = { type: "quantitative", axis: null, scale: { domain: [rows + 0.5, -0.5], nice: false, zero: false } } as const;
  const color = { field: "kind", type: "nominal", title: "what", scale: colours(kinds), legend: { orient: "top", symbolType: "square" } } as const;
  const panel = (way: string) => ({
    title: { text: way, fontSize: 12 },
    width: 108 * (columns + 1),
    height: 34 * (rows + 1),
    layer: [
      { data: { values: lines.filter((l) => l.way === way) }, mark: { type: "rule", color: palette.grey, strokeWidth: 1.2 }, encoding: { x: { field: "x1", ...x }, x2: { field: "x2" }, y: { field: "y1", ...y }, y2: { field: "y2" } } },
      { data: { values: lines.filter((l) => l.way === way) }, mark: { type: "point", shape: "triangle-right", size: 30, color: palette.grey, xOffset: -3 }, encoding: { x: { field: "x2", ...x }, y: { field: "y2", ...y } } },
      { data: { values: drawn.filter((b) => b.way === way) }, mark: { type: "rect", cornerRadius: 4, fillOpacity: 0.22, stroke: palette.grey, strokeWidth: 0.8 }, encoding: { x: { field: "left", ...x }, x2: { field: "right" }, y: { field: "top", ...y }, y2: { field: "bottom" }, color } },
      { data: { values: drawn.filter((b) => b.way === way) }, mark: { type: "text", fontSize: 10 }, encoding: { x: { field: "x", ...x }, y: { field: "y", ...y }, text: { field: "label", type: "nominal" } } },
    ],
  });
  return { ...frame(`${title}. ${said.join("; ")}.`), title: { text: title }, spacing: 18, vconcat: ways.map(panel) } as unknown as TopLevelSpec;
}
