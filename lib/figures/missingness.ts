/** How much of each sensor is missing, for each subject. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few, percent } from "./say";
import { frame, palette, shades, textOnShade } from "./theme";

export interface MissingnessRow {
  readonly subject: string;
  /** A sensor, or one of its channels. */
  readonly sensor: string;
  /** Of the values: 0 is complete, 1 is empty. */
  readonly share: number;
}

/** The shade grows with the square root, so that half a per cent can be told from none. */
export function missingnessFigure(rows: readonly MissingnessRow[]): TopLevelSpec {
  const worst = [...rows].sort((a, b) => b.share - a.share);
  const said = few(worst.map((r) => `${r.sensor} of ${r.subject} ${percent(r.share)}`), 6);
  return {
    ...frame(`Missing values by sensor and subject, most first: ${said}.`),
    title: { text: "What is missing", subtitle: "share of values without a number" },
    width: { step: 52 },
    height: { step: 30 },
    data: { values: [...rows] },
    encoding: {
      x: { field: "subject", type: "nominal", title: "subject", axis: { labelAngle: 0, orient: "top", domain: false, ticks: false } },
      y: { field: "sensor", type: "nominal", sort: distinct(rows.map((r) => r.sensor)), title: null, axis: { domain: false, ticks: false } },
    },
    layer: [
      {
        mark: { type: "rect", stroke: "#FFFFFF", strokeWidth: 2 },
        encoding: {
          color: {
            field: "share",
            type: "quantitative",
            title: "values missing (%)",
            scale: { type: "sqrt", domain: [0, 1], range: shades },
            legend: { format: "%", values: [0, 0.1, 0.5, 1], gradientLength: 120 },
          },
        },
      },
      {
        // "0" for none at all, never for a little
        transform: [
          {
            calculate:
              "datum.share === 0 ? '0' : datum.share === 1 ? 'all' : datum.share < 0.0005 ? '<0.1%' : format(datum.share, datum.share < 0.1 ? '.1%' : '.0%')",
            as: "label",
          },
        ],
        mark: { type: "text", fontSize: 11 },
        encoding: {
          text: { field: "label", type: "nominal" },
          color: { ...textOnShade("datum.share > 0.3"), value: palette.black },
        },
      },
    ],
  };
}
