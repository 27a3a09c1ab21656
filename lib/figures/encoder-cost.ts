/** What a training step costs beside PyTorch's, model by model. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { colours, frame, palette } from "./theme";

export interface EncoderCostRow {
  readonly model: string;
  readonly batch: number;
  /** What it is compared with: "PyTorch, default malloc", "stock tf.layers". */
  readonly way: string;
  /** Our time / that way's time: the median of rounds and their quartiles. */
  readonly ratio: number;
  readonly ratioLower: number;
  readonly ratioUpper: number;
  /** What the ratio should be at most; null where nothing was promised. */
  readonly target: number | null;
}

/** Left of the line we are faster. A panel for each batch size; black ticks are targets. */
export function encoderCostFigure(rows: readonly EncoderCostRow[]): TopLevelSpec {
  const [models, ways] = [distinct(rows.map((r) => r.model)), distinct(rows.map((r) => r.way))];
  const batches = distinct(rows.map((r) => r.batch)).sort((a, b) => a - b);
  const said = rows.map((r) => `${r.model}, batch ${r.batch}, ${r.way} ${r.ratio.toFixed(2)}`);
  const all = rows.flatMap((r) => [r.ratioLower, r.ratioUpper, ...(r.target === null ? [] : [r.target])]);
  const [low, high] = [Math.min(0.5, ...all) / 1.15, Math.max(1.5, ...all) * 1.15];
  const ratio = { type: "quantitative", scale: { type: "log", domain: [low, high], nice: false } } as const;
  const color = { field: "way", type: "nominal", title: "beside", scale: colours(ways), legend: { orient: "top", symbolType: "circle" } } as const;
  const width = 240;
  const ticks = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10].filter((tick) => tick >= low && tick <= high);
  return {
    ...frame(`Time of a training step as a multiple of another library's, below 1 is faster: ${few(said, 8)}.`),
    title: { text: "What a training step costs", subtitle: "dot and line: median and quartiles of rounds; black tick: target" },
    data: { values: rows.map((r) => ({ ...r, panel: `batch ${r.batch}` })) },
    facet: { column: { field: "panel", type: "nominal", sort: batches.map((batch) => `batch ${batch}`), title: null } },
    spacing: 56,
    spec: {
      width,
      height: { step: 13 },
      encoding: {
        y: { field: "model", type: "nominal", sort: models, title: null, axis: { ticks: false, domain: false, grid: true, tickBand: "extent" } },
        yOffset: { field: "way", type: "nominal", sort: ways },
      },
      layer: [
        { mark: { type: "rule", color: palette.grey, strokeDash: [4, 3] }, encoding: { x: { datum: 1, ...ratio }, y: null, yOffset: null } },
        {
          mark: { type: "rule", strokeWidth: 2 },
          encoding: { x: { field: "ratioLower", ...ratio, title: "our time / theirs (1)", axis: { values: ticks, format: "~g", grid: true } }, x2: { field: "ratioUpper" }, color },
        },
        { mark: { type: "point", size: 42 }, encoding: { x: { field: "ratio", ...ratio }, color } },
        {
          transform: [{ filter: "isValid(datum.target)" }],
          mark: { type: "tick", color: palette.black, thickness: 2.5, size: 11 },
          encoding: { x: { field: "target", ...ratio } },
        },
        {
          mark: { type: "text", align: "right", fontSize: 10 },
          encoding: {
            x: { value: width + 30 }, // a column of its own, since targets and lines are in the way elsewhere
            text: { field: "ratio", type: "quantitative", format: ".2f" },
            color,
          },
        },
      ],
    },
  } as unknown as TopLevelSpec;
}
