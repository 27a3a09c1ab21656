/** Who did what for how long: the table in which missing classes show. */
import type { TopLevelSpec } from "vega-lite";
import { count, distinct } from "./say";
import { frame, shades, textOnShade } from "./theme";

export interface SubjectActivityRow {
  readonly subject: string;
  readonly class: string;
  readonly seconds: number;
  /** Contiguous runs that the seconds are made of. */
  readonly segments: number;
}

/** Cells hold seconds and, small, the number of segments; an empty cell is a class that the subject lacks. */
export function subjectsByActivityFigure(rows: readonly SubjectActivityRow[]): TopLevelSpec {
  const [subjects, classes] = [distinct(rows.map((r) => r.subject)), distinct(rows.map((r) => r.class))];
  const longest = Math.max(...rows.map((r) => r.seconds));
  const present = new Set(rows.map((r) => `${r.subject} ${r.class}`));
  const lacking = subjects
    .map((s) => [s, classes.filter((c) => !present.has(`${s} ${c}`))] as const)
    .filter(([, none]) => none.length > 0)
    .map(([s, none]) => `${s} lacks ${none.join(", ")}`);
  return {
    ...frame(
      `Seconds of ${classes.length} activities of ${subjects.length} subjects, ` +
        `${count(Math.round(rows.reduce((sum, r) => sum + r.seconds, 0)))} s in all` +
        `${lacking.length > 0 ? `; ${lacking.join("; ")}` : "; nobody lacks one"}.`,
    ),
    title: { text: "Who did what for how long", subtitle: "seconds, and in how many segments" },
    width: { step: 58 },
    height: { step: 36 },
    data: { values: [...rows] },
    encoding: {
      x: { field: "subject", type: "nominal", sort: subjects, title: "subject", axis: { labelAngle: 0, orient: "top", domain: false, ticks: false } },
      y: { field: "class", type: "nominal", sort: classes, title: null, axis: { domain: false, ticks: false } },
    },
    layer: [
      {
        mark: { type: "rect", stroke: "#FFFFFF", strokeWidth: 2 },
        encoding: {
          color: {
            field: "seconds",
            type: "quantitative",
            title: "duration (s)",
            scale: { domain: [0, longest], range: shades },
            legend: { gradientLength: 120, tickCount: 4 },
          },
        },
      },
      {
        transform: [{ calculate: "datum.seconds < 0.5 ? '<1' : format(datum.seconds, ',.0f')", as: "shown" }],
        mark: { type: "text", dy: -5 },
        encoding: {
          text: { field: "shown", type: "nominal" },
          color: textOnShade(`datum.seconds > ${0.5 * longest}`),
        },
      },
      {
        transform: [{ calculate: "'in ' + datum.segments", as: "shown" }],
        mark: { type: "text", dy: 8, fontSize: 9 },
        encoding: {
          text: { field: "shown", type: "nominal" },
          color: textOnShade(`datum.seconds > ${0.5 * longest}`),
        },
      },
    ],
  };
}
