/** Is one method better than another on people that neither has seen? Paired by person, on the same folds and seeds. */
import { signFlipTest } from "../metrics/sign-flip";
import { subsetName } from "../metrics/subsets";
import { average } from "../metrics/average";
import type { Result } from "./result";
import { type SubsetRow, subsetRows } from "./subset-rows";
import { overSubjects, type Score } from "./summary";

/** A preset with all its sensors, with some of them, or in the mean over all sets of so many. */
export type Arm =
  | string
  | { readonly preset: string; readonly present: readonly string[] }
  | { readonly preset: string; readonly left: number };

/** "not worse": by more than the margin, of 2 points. */
export type Verdict = "better" | "worse" | "not worse by more than 2 points" | "undecided";

export interface Comparison {
  readonly first: string;
  readonly second: string;
  readonly score: Score;
  /** first − second, the mean over subjects of each one's mean over seeds. */
  readonly mean: number;
  /** 95 % interval, by resampling subjects. */
  readonly lower: number;
  readonly upper: number;
  readonly subjects: number;
  readonly seeds: number;
  /** Of the sign-flip test, two-sided, not adjusted for other comparisons; see `holm`. */
  readonly p: number;
  readonly verdict: Verdict;
  /** [subject], in the order of the results; first − second. */
  readonly each: readonly { readonly subject: string; readonly difference: number }[];
}

export interface CompareOptions {
  /** Windows of another length, of which a person has another number: people and seeds alone must be the same. */
  readonly otherWindows?: boolean;
}

/** With fewer people no sign-flip test can fall below 0.05, and an interval of resampled people is too narrow to decide. */
const fewest = 6;

const lowerIsBetter: readonly Score[] = ["negativeLogLikelihood", "ece"];
/** The log-likelihood has no points. */
const hasPoints = (score: Score): boolean => score !== "negativeLogLikelihood";

/**
 * @param results of one split, of both presets
 * @throws where the two were not asked the same windows (unless `otherWindows`) after training on the same folds with
 *   the same seeds
 */
export function compare(
  results: readonly Result[],
  first: Arm,
  second: Arm,
  score: Score,
  { otherWindows = false }: CompareOptions = {},
): Comparison {
  const [a, b] = [rowsOf(results, first), rowsOf(results, second)];
  const names = { first: nameOf(first), second: nameOf(second) };
  checkSameRuns(names, a, b, otherWindows);
  const subjects = [...new Set(a.map(({ subject }) => subject))];
  const each = subjects.map((subject) => {
    const of = (rows: readonly SubsetRow[]): number =>
      average(rows.filter((row) => row.subject === subject).map((row) => row[score]));
    return { subject, difference: of(a) - of(b) };
  });
  const differences = each.map(({ difference }) => difference);
  const { mean, lower, upper } = overSubjects(differences);
  return {
    ...{ ...names, score, mean, lower, upper, subjects: subjects.length },
    seeds: new Set(a.map(({ seed }) => seed)).size,
    p: signFlipTest(differences).p,
    verdict: subjects.length < fewest ? "undecided" : verdictOf(score, lower, upper),
    each,
  };
}

/** What an interval of first − second decides; of a score that should be low, the other way round. */
export function verdictOf(score: Score, lower: number, upper: number, margin = 0.02): Verdict {
  if (lowerIsBetter.includes(score)) [lower, upper] = [-upper, -lower];
  if (lower > 0) return "better";
  if (lower > -margin && hasPoints(score)) return "not worse by more than 2 points";
  return upper < 0 ? "worse" : "undecided";
}

function nameOf(arm: Arm): string {
  if (typeof arm === "string") return arm;
  return `${arm.preset} with ${"left" in arm ? `${arm.left} left` : subsetName(arm.present)}`;
}

function rowsOf(results: readonly Result[], arm: Arm): SubsetRow[] {
  const preset = typeof arm === "string" ? arm : arm.preset;
  const own = subsetRows(results.filter(({ presetName }) => presetName === preset));
  const wanted = own.filter((row) => {
    if (typeof arm === "string") return row.isFull;
    return "left" in arm ? row.sensors === arm.left : row.set === subsetName(arm.present);
  });
  if (wanted.length === 0)
    throw new Error(
      `compare: expected results of ${nameOf(arm)}, got none of [${[...new Set(results.map(({ presetName }) => presetName))].join(", ")}]; name a preset and its sensors in its order, or run: npm run results`,
    );
  return typeof arm === "object" && "left" in arm ? overSets(wanted, nameOf(arm)) : wanted;
}

/** A row for each run and subject: the mean over its sets. */
function overSets(rows: readonly SubsetRow[], set: string): SubsetRow[] {
  return rows
    .filter((row) => row.set === rows[0]!.set)
    .map((row): SubsetRow => {
      const same = rows.filter(
        (r) => r.split === row.split && r.subject === row.subject && r.seed === row.seed,
      );
      const of = (score: Score): number => average(same.map((r) => r[score]));
      const means = { accuracy: of("accuracy"), macroF1: of("macroF1"), ece: of("ece") };
      return { ...row, set, ...means, negativeLogLikelihood: of("negativeLogLikelihood") };
    });
}

/** The same people, and unless told their same windows, after training with the same seeds, each once. */
function checkSameRuns(
  { first, second }: Pick<Comparison, "first" | "second">,
  a: readonly SubsetRow[],
  b: readonly SubsetRow[],
  otherWindows: boolean,
): void {
  const runs = (rows: readonly SubsetRow[]): string[] =>
    rows.map(
      ({ split, subject, seed, windows }) =>
        `${split} ${subject}, seed ${seed}${otherWindows ? "" : `, ${windows} windows`}`,
    );
  const [x, y] = [runs(a), runs(b)];
  const only = (these: readonly string[], those: readonly string[]): string =>
    these.find((run) => !those.includes(run)) ?? "nothing more";
  const splits = new Set(a.map(({ split }) => split));
  if (new Set(x).size !== x.length || new Set(y).size !== y.length || splits.size !== 1)
    throw new Error(
      `compare: expected one run for each subject and seed, got ${x.length} of ${new Set(x).size} under ${[...splits].join(" and ")}; give the results of one experiment and one split`,
    );
  if ([...x].sort().join() !== [...y].sort().join())
    throw new Error(
      `compare: expected the same folds and seeds, got "${only(x, y)}" of ${first} alone and "${only(y, x)}" of ${second} alone; finish the experiment: npm run results`,
    );
}
