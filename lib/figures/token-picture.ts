/** What tokens look like: the numbers that each encoder makes of one window, over the window's time. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { frame, palette } from "./theme";

export interface TokenPictureRow {
  /** A panel each. */
  readonly encoder: string;
  readonly token: number;
  readonly dim: number;
  readonly value: number;
  /** The stretch of the window that the token stands for. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** From below zero over white to above; told apart by colour-blind readers. */
const diverging = ["#B2560B", "#EBB67C", "#FFFFFF", "#86B8DA", "#0A5A96"];

/**
 * A column for each token, a row for each of its numbers; shades are shares of the encoder's largest number.
 *
 * @param signal one channel of the window, drawn above
 * @param quantity of the signal, with its unit: "acceleration (m/s²)"
 */
export function tokenPictureFigure(
  rows: readonly TokenPictureRow[],
  signal: readonly { readonly seconds: number; readonly value: number }[],
  quantity: string,
): TopLevelSpec {
  const encoders = distinct(rows.map((r) => r.encoder));
  const own = (encoder: string): TokenPictureRow[] => rows.filter((r) => r.encoder === encoder);
  const sizes = encoders.map((encoder) => {
    const [tokens, dims] = [distinct(own(encoder).map((r) => r.token)), distinct(own(encoder).map((r) => r.dim))];
    return `${encoder} ${tokens.length} tokens of ${dims.length} numbers`;
  });
  const end = Math.max(...signal.map((r) => r.seconds), ...rows.map((r) => r.endSeconds));
  const time = (last: boolean): object => ({
    type: "quantitative",
    title: last ? "time (s)" : null,
    scale: { domain: [0, end], nice: false },
    axis: { grid: false, labels: last, ticks: last, domain: last },
  });
  const panel = (encoder: string, i: number): object => {
    const largest = own(encoder).reduce((max, r) => Math.max(max, Math.abs(r.value)), 0) || 1;
    return {
      title: { text: encoder, fontSize: 12, offset: 4 },
      width: 520,
      height: 88,
      data: { values: own(encoder).map((r) => ({ ...r, share: r.value / largest, next: r.dim + 1 })) },
      mark: { type: "rect", stroke: null },
      encoding: {
        x: { field: "startSeconds", ...time(i === encoders.length - 1) },
        x2: { field: "endSeconds" },
        y: { field: "dim", type: "quantitative", title: "number", scale: { nice: false }, axis: { grid: false, tickCount: 3, format: "d" } },
        y2: { field: "next" },
        color: {
          field: "share",
          type: "quantitative",
          title: ["share of the", "largest (1)"],
          scale: { domain: [-1, -0.4, 0, 0.4, 1], range: diverging, interpolate: "rgb" },
          legend: { values: [-1, 0, 1], gradientLength: 80 },
        },
      },
    };
  };
  return {
    ...frame(`One window as tokens: ${few(sizes)}; above them the signal, ${quantity}.`),
    title: { text: "What tokens look like", subtitle: "a column for each token; above, the signal that it was made of" },
    vconcat: [
      {
        data: { values: [...signal] },
        width: 520,
        height: 70,
        mark: { type: "line", color: palette.black, strokeWidth: 1.1 },
        encoding: {
          x: { field: "seconds", ...time(false) },
          y: { field: "value", type: "quantitative", title: quantity, axis: { tickCount: 3, grid: false, titleFontSize: 10 } },
        },
      },
      ...encoders.map(panel),
    ],
    spacing: 8,
  } as TopLevelSpec;
}
