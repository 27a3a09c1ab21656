/** Attention over the raw signal: what a model looked at, where it can be seen. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { frame, palette, shades } from "./theme";

export interface SignalPoint {
  /** A panel each. */
  readonly sensor: string;
  /** From the window's beginning. */
  readonly seconds: number;
  /** NaN where nothing was measured: a gap in the line. */
  readonly value: number;
}

/** A stretch of time: all that a token stands for, or the truth. */
export interface TimeStretch {
  readonly sensor: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export interface TokenWeight extends TimeStretch {
  /** That this token, as a key, received. */
  readonly weight: number;
}

/**
 * One channel of each sensor as a line; behind it the weight of each token, and a frame where the answer lies.
 *
 * @param quantity with its unit: "acceleration (m/s²)"
 * @param truth where it is known
 */
export function attentionOverSignalFigure(
  signal: readonly SignalPoint[],
  tokens: readonly TokenWeight[],
  quantity: string,
  truth: readonly TimeStretch[] = [],
): TopLevelSpec {
  const sensors = distinct(signal.map((r) => r.sensor));
  const largest = tokens.reduce((max, r) => Math.max(max, r.weight), 0);
  const said = sensors.map((sensor) => {
    const own = tokens.filter((r) => r.sensor === sensor);
    if (own.length === 0) return `none at ${sensor}`;
    const top = own.reduce((a, b) => (b.weight > a.weight ? b : a));
    return `${top.weight.toFixed(2)} at ${sensor} from ${top.startSeconds.toFixed(2)} to ${top.endSeconds.toFixed(2)} s`;
  });
  const known = truth.map((r) => `${r.sensor} ${r.startSeconds.toFixed(2)} to ${r.endSeconds.toFixed(2)} s`);
  const end = Math.max(...signal.map((r) => r.seconds), ...tokens.map((r) => r.endSeconds));
  const panel = (sensor: string, i: number): object => {
    const own = <Row extends { readonly sensor: string }>(rows: readonly Row[]): Row[] => rows.filter((r) => r.sensor === sensor);
    const across = { x: { field: "startSeconds", type: "quantitative" }, x2: { field: "endSeconds" } };
    const last = i === sensors.length - 1;
    return {
      title: { text: sensor, fontSize: 12, offset: 4 },
      width: 560,
      height: 96,
      encoding: {
        x: {
          type: "quantitative",
          title: last ? "time (s)" : null,
          scale: { domain: [0, end], nice: false },
          axis: { grid: false, labels: last, ticks: last },
        },
      },
      layer: [
        ...(own(tokens).length
          ? [
              {
                data: { values: own(tokens) },
                mark: { type: "rect", stroke: "#FFFFFF", strokeWidth: 0.5 },
                encoding: {
                  ...across,
                  color: {
                    field: "weight",
                    type: "quantitative",
                    title: "weight (1)",
                    scale: { domain: [0, largest || 1], range: shades.slice(0, 4) }, // so that the line can be read
                    legend: { tickCount: 3, gradientLength: 90 },
                  },
                },
              },
            ]
          : []),
        ...(own(truth).length
          ? [
              {
                data: { values: own(truth) },
                mark: { type: "rect", filled: false, stroke: palette.vermilion, strokeWidth: 2.5 },
                encoding: across,
              },
            ]
          : []),
        {
          data: { values: own(signal) },
          mark: { type: "line", color: palette.black, strokeWidth: 1.1 },
          encoding: {
            x: { field: "seconds", type: "quantitative" },
            y: { field: "value", type: "quantitative", title: quantity, axis: { tickCount: 3, grid: false, titleFontSize: 10 } },
          },
        },
      ],
    };
  };
  return {
    ...frame(
      `Largest attention weights: ${few(said)}${known.length ? `; the answer lies at ${few(known)}` : ""}; ${quantity} as a line.`,
    ),
    title: {
      text: "What the model looked at",
      subtitle: `shade: weight of each token${known.length ? "; frame: where the answer lies" : ""}`,
    },
    ...(sensors.length ? {} : { data: { values: [] } }),
    vconcat: sensors.map(panel),
    spacing: 8,
  } as TopLevelSpec;
}
