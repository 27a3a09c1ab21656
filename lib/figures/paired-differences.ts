/** Is one method better than another on the same people? Differences person by person, their mean, and the verdict. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { frame, palette } from "./theme";

export interface PairedDifferenceRow {
  readonly first: string;
  readonly second: string;
  /** first − second, the mean over subjects, with its 95 % interval. */
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  /** "better", "undecided", ... */
  readonly verdict: string;
  readonly each: readonly { readonly subject: string; readonly difference: number }[];
}

const verdictColours: Readonly<Record<string, string>> = {
  better: palette.green,
  "not worse by more than 2 points": palette.blue,
  undecided: palette.grey,
  worse: palette.vermilion,
};

/**
 * In the order of the rows; right of 0 the first is better.
 *
 * @param score what is counted, of which more is better: "macro-F1", "accuracy"
 * @param margin of "not worse": the lighter band left of 0
 */
export function pairedDifferencesFigure(rows: readonly PairedDifferenceRow[], score: string, margin = 0.02): TopLevelSpec {
  const named = rows.map(({ first, second, mean, lower, upper, verdict }) => ({ pair: `${first} − ${second}`, mean, lower, upper, verdict }));
  const people = rows.flatMap((r, i) => r.each.map((one) => ({ ...one, pair: named[i]!.pair })));
  const pairs = named.map((r) => r.pair);
  const verdicts = distinct(named.map((r) => r.verdict));
  const said = named.map((r) => `${r.pair} ${signed(r.mean)} (${signed(r.lower)} to ${signed(r.upper)}), ${r.verdict}`);
  const x = { type: "quantitative" } as const;
  const color = {
    ...{ field: "verdict", type: "nominal", title: "verdict" },
    scale: { domain: verdicts, range: verdicts.map((verdict) => verdictColours[verdict] ?? palette.black) },
    legend: { orient: "top", symbolType: "circle" },
  } as const;
  return {
    ...frame(`Difference in ${score}, person by person, mean with 95 % interval: ${few(said, 6)}.`),
    title: { text: "Person by person: is it better?", subtitle: ["dot and line: mean difference, 95 % interval over held-out subjects; rings: each of them;", `grey band: up to ${(100 * margin).toFixed(0)} points worse`] },
    width: 430,
    height: { step: 22 },
    data: { values: named },
    encoding: { y: { field: "pair", type: "nominal", sort: pairs, title: null, axis: { grid: true, ticks: false, labelLimit: 320 } } },
    layer: [
      { data: { values: [{ from: -margin, to: 0 }] }, mark: { type: "rect", color: palette.grey, opacity: 0.18 }, encoding: { x: { field: "from", ...x }, x2: { field: "to" }, y: null } },
      { mark: { type: "rule", color: palette.black }, encoding: { x: { datum: 0, ...x }, y: null } },
      { data: { values: people }, mark: { type: "point", filled: false, size: 26, color: palette.grey, opacity: 0.8 }, encoding: { x: { field: "difference", ...x } } },
      { mark: { type: "rule", strokeWidth: 3 }, encoding: { x: { field: "lower", ...x, title: `difference in ${score}`, axis: { tickCount: 7 } }, x2: { field: "upper" }, color } },
      { mark: { type: "point", size: 80 }, encoding: { x: { field: "mean", ...x }, color } },
    ],
  } as TopLevelSpec;
}

const signed = (x: number): string => `${x < 0 ? "−" : "+"}${Math.abs(x).toFixed(3)}`;
