/** What each encoder's tokens can see: the steps of the window that reach a token. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { frame, palette } from "./theme";

export interface ReceptiveFieldRow {
  /** A panel each. */
  readonly encoder: string;
  /** From 0. */
  readonly token: number;
  /** The first and the last step that the token depends on, from 0. */
  readonly firstStep: number;
  readonly lastStep: number;
  /** From the beginning of the first to the end of the last. */
  readonly seconds: number;
}

/** A bar for each token over the steps that it sees; the middle token is marked. */
export function receptiveFieldFigure(rows: readonly ReceptiveFieldRow[]): TopLevelSpec {
  const encoders = distinct(rows.map((r) => r.encoder));
  const steps = rows.reduce((max, r) => Math.max(max, r.lastStep + 1), 0);
  const tokensOf = (encoder: string): ReceptiveFieldRow[] => rows.filter((r) => r.encoder === encoder);
  const middleOf = (encoder: string): ReceptiveFieldRow => tokensOf(encoder)[Math.floor(tokensOf(encoder).length / 2)]!;
  const sees = (encoder: string): string => {
    const { firstStep, lastStep, seconds } = middleOf(encoder);
    return `${lastStep - firstStep + 1} ${lastStep === firstStep ? "step" : "steps"} (${seconds.toFixed(2)} s)`;
  };
  const said = encoders.map((encoder) => `${encoder} ${tokensOf(encoder).length}, the middle one sees ${sees(encoder)}`);
  const panel = (encoder: string): object => ({
    title: { text: encoder, subtitle: `the middle token sees ${sees(encoder)}`, fontSize: 12, subtitleFontSize: 11, offset: 6 },
    data: {
      values: tokensOf(encoder).map((r) => ({ ...r, next: r.token + 0.86, centre: r.token + 0.43, end: r.lastStep + 1, middle: r === middleOf(encoder) })),
    },
    width: 250,
    height: 104,
    encoding: {
      x: { field: "firstStep", type: "quantitative", title: "step of the window", scale: { domain: [0, steps], nice: false }, axis: { tickCount: 5, grid: false } },
      x2: { field: "end" },
      y: {
        field: "token",
        type: "quantitative",
        title: "token",
        scale: { domain: [0, tokensOf(encoder).length], reverse: true, nice: false },
        axis: { grid: false, tickCount: 4, tickMinStep: 1, format: "d" },
      },
    },
    layer: [
      { mark: { type: "rect", stroke: null, color: palette.sky }, encoding: { y2: { field: "next" } } },
      {
        // a line, so that one of many tokens can be seen
        transform: [{ filter: "datum.middle" }],
        mark: { type: "rule", color: palette.vermilion, strokeWidth: Math.max(2.5, 80 / tokensOf(encoder).length) },
        encoding: { y: { field: "centre", type: "quantitative" } },
      },
    ],
  });
  return {
    ...frame(`Tokens of each encoder and the steps of the window that they see: ${few(said)}.`),
    title: { text: "What a token can see", subtitle: "a bar for each token, over the steps that reach it" },
    ...(rows.length ? {} : { data: { values: [] } }),
    concat: encoders.map(panel),
    columns: 2,
    spacing: 26,
  } as TopLevelSpec;
}
