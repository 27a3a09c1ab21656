/** One key beside many: a softmax over one number has nothing to choose from. */
import type { TopLevelSpec } from "vega-lite";
import { count, distinct } from "./say";
import { frame, shades, textOnShade } from "./theme";

export interface OneKeyRow {
  /** A panel each: "one vector a sensor", "a token for each moment". */
  readonly keys: string;
  /** By name or number. */
  readonly window: string | number;
  /** From 0. */
  readonly key: number;
  readonly weight: number;
}

/** A row for each window, a column for each key; numbers where a window has one key. @param key title of the axis */
export function oneKeyFigure(rows: readonly OneKeyRow[], key: string): TopLevelSpec {
  const panels = distinct(rows.map((r) => r.keys));
  const windows = distinct(rows.map((r) => r.window));
  const said = panels.map((name) => {
    const own = rows.filter((r) => r.keys === name);
    const weights = own.map((r) => r.weight);
    const among = distinct(own.map((r) => r.key)).length;
    return `${name}, ${among}: ${Math.min(...weights).toFixed(2)} to ${Math.max(...weights).toFixed(2)}`;
  });
  const panel = (name: string, i: number): object => {
    const own = rows.filter((r) => r.keys === name);
    const keys = distinct(own.map((r) => r.key)).length;
    return {
      title: { text: name, fontSize: 12, offset: 6 },
      data: { values: own },
      width: keys === 1 ? 64 : Math.max(200, Math.min(420, 13 * keys)),
      height: { step: 20 },
      encoding: {
        x: { field: "key", type: "ordinal", title: key, axis: { labelAngle: 0, labelOverlap: true, labelSeparation: 4, domain: false, ticks: false } },
        y: { field: "window", type: "ordinal", sort: windows, title: i === 0 ? "window" : null, axis: { domain: false, ticks: false } },
      },
      layer: [
        {
          mark: { type: "rect", stroke: "#FFFFFF", strokeWidth: 1 },
          encoding: {
            color: {
              field: "weight",
              type: "quantitative",
              title: "weight (1)",
              scale: { domain: [0, 1], range: shades },
              legend: { tickCount: 3, gradientLength: 100 },
            },
          },
        },
        ...(keys === 1
          ? [{ mark: { type: "text" }, encoding: { text: { field: "weight", type: "quantitative", format: ".2f" }, color: textOnShade("datum.weight > 0.5") } }]
          : []),
      ],
    };
  };
  return {
    ...frame(`Attention weights of ${count(windows.length)} windows, by number of keys: ${said.join("; ")}.`),
    title: { text: "A softmax over one number", subtitle: "a row for each window: with one key its weight is 1, whatever the data" },
    ...(rows.length ? {} : { data: { values: [] } }),
    hconcat: panels.map(panel),
    spacing: 28,
  } as TopLevelSpec;
}
