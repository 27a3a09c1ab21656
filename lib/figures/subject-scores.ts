/** Each held-out subject's score for each model, with the floor that a model must beat to know anything. */
import type { TopLevelSpec } from "vega-lite";
import { distinct } from "./say";
import { colours, frame, palette } from "./theme";

export interface SubjectScoreRow {
  readonly model: string;
  readonly subject: string;
  readonly score: number;
  /** What the commonest class of training would score; NaN where it is not known. */
  readonly floor: number;
}

export interface ModelMeanRow {
  readonly model: string;
  readonly mean: number;
  /** 95 % interval over subjects. */
  readonly lower: number;
  readonly upper: number;
}

/** @param score what is counted: "macro-F1", "accuracy" */
export function subjectScoresFigure(rows: readonly SubjectScoreRow[], means: readonly ModelMeanRow[], score: string): TopLevelSpec {
  const models = distinct(means.map((m) => m.model));
  const subjects = [...distinct(rows.map((r) => r.subject)), "mean"];
  const said = means.map((m) => `${m.model} ${m.mean.toFixed(3)} (${m.lower.toFixed(3)} to ${m.upper.toFixed(3)})`);
  const x = { type: "quantitative", scale: { domain: [0, 1] as number[] } } as const;
  const offset = { field: "model", type: "nominal", sort: models } as const;
  const color = { field: "model", type: "nominal", title: "model", scale: colours(models), legend: models.length > 1 ? { orient: "top", symbolType: "circle" } : null } as const;
  return {
    ...frame(`Mean ${score} over ${subjects.length - 1} held-out subjects with 95 % interval: ${said.join(", ")}.`),
    title: { text: "Each held-out subject", subtitle: "grey ticks: always the commonest class of training; thick line: 95 % interval of the mean" },
    width: 400,
    height: { step: models.length > 1 ? 14 : 22 },
    data: { values: [...rows] },
    encoding: {
      y: { field: "subject", type: "nominal", sort: subjects, scale: { domain: subjects }, title: "held-out subject", axis: { grid: true, tickBand: "extent", ticks: false } },
      yOffset: offset,
    },
    layer: [
      {
        transform: [{ filter: "isValid(datum.floor)" }],
        mark: { type: "tick", color: palette.grey, thickness: 2 },
        encoding: { x: { field: "floor", ...x } },
      },
      {
        mark: { type: "point", size: 60 },
        encoding: { x: { field: "score", ...x, title: score }, color },
      },
      {
        data: { values: means.map((m) => ({ ...m, subject: "mean" })) },
        mark: { type: "rule", strokeWidth: 3 },
        encoding: { x: { field: "lower", ...x }, x2: { field: "upper" }, color },
      },
      {
        data: { values: means.map((m) => ({ ...m, subject: "mean" })) },
        mark: { type: "point", size: 110, shape: "diamond" },
        encoding: { x: { field: "mean", ...x }, color },
      },
    ],
  };
}
