/** Methods side by side: the mean over held-out people with its interval, each person, and the floor. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { colours, frame, palette } from "./theme";

export interface MethodScoreRow {
  readonly method: string;
  /** What kind of method: "fusion", "one sensor", ...: a colour each. */
  readonly kind: string;
  readonly mean: number;
  /** 95 % interval over subjects. */
  readonly lower: number;
  readonly upper: number;
  readonly bySubject: Readonly<Record<string, number>>;
}

/** More rings than these would hide one another. */
const mostRings = 40;

/**
 * In the order of the rows.
 *
 * @param score what is counted: "macro-F1", "accuracy"
 * @param floor of that score: what the commonest class of training reaches
 */
export function methodScoresFigure(rows: readonly MethodScoreRow[], score: string, floor: number): TopLevelSpec {
  const [methods, kinds] = [rows.map((r) => r.method), distinct(rows.map((r) => r.kind))];
  const said = rows.map((r) => `${r.method} ${r.mean.toFixed(3)} (${r.lower.toFixed(3)} to ${r.upper.toFixed(3)})`);
  const subjects = distinct(rows.flatMap((r) => Object.keys(r.bySubject)));
  const isRinged = subjects.length <= mostRings;
  const people = rows.flatMap((r) => Object.entries(r.bySubject).map(([subject, value]) => ({ method: r.method, subject, value })));
  const x = { type: "quantitative", scale: { domain: [0, 1] as number[] } } as const;
  const color = { field: "kind", type: "nominal", title: "kind", scale: colours(kinds), legend: kinds.length > 1 ? { orient: "top", symbolType: "circle" } : null } as const;
  const values = rows.map(({ method, kind, mean, lower, upper }) => ({ method, kind, mean, lower, upper }));
  return {
    ...frame(`Mean ${score} over ${subjects.length} held-out subjects with 95 % interval: ${few(said, 8)}; floor ${floor.toFixed(3)}.`),
    title: { text: `${score} on people who were not trained on`, subtitle: [`dot and line: mean over ${isRinged ? "" : `${subjects.length} `}held-out subjects, 95 % interval${isRinged ? "; rings: each of them" : ""};`, "dashed: always the commonest class of training"] },
    width: 430,
    height: { step: 21 },
    data: { values },
    encoding: { y: { field: "method", type: "nominal", sort: methods, title: null, axis: { grid: true, ticks: false, labelLimit: 260 } } },
    layer: [
      { data: { values: [{ floor }] }, mark: { type: "rule", color: palette.grey, strokeDash: [4, 3] }, encoding: { x: { field: "floor", ...x }, y: null } },
      ...(isRinged ? [{ data: { values: people }, mark: { type: "point", filled: false, size: 26, color: palette.grey, opacity: 0.8 }, encoding: { x: { field: "value", ...x } } }] : []),
      { mark: { type: "rule", strokeWidth: 3 }, encoding: { x: { field: "lower", ...x, title: score }, x2: { field: "upper" }, color } },
      { mark: { type: "point", size: 80 }, encoding: { x: { field: "mean", ...x }, color } },
      { mark: { type: "text", align: "left" }, encoding: { x: { value: 438 }, text: { field: "mean", type: "quantitative", format: ".3f" }, color } },
    ],
  } as TopLevelSpec;
}
