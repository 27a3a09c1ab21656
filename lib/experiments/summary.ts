/** From results to the rows of tables and figures: a score for each held-out subject, and what they say together. */
import { pooled } from "../metrics/confusion";
import { bootstrapInterval } from "../metrics/interval";
import { average } from "../metrics/average";
import type { Result } from "./result";

export type Score = "accuracy" | "macroF1" | "negativeLogLikelihood" | "ece";

export interface SubjectScore {
  readonly preset: string;
  readonly split: string;
  readonly subject: string;
  /** Mean over seeds. */
  readonly score: number;
  /** Accuracy of always saying training's commonest class. */
  readonly floor: number;
  readonly seeds: number;
}

/** One row for each preset, split and subject, in the order of the results. */
export function subjectScores(results: readonly Result[], score: Score): SubjectScore[] {
  const groups = new Map<string, SubjectScore[]>();
  for (const result of results)
    for (const row of rowsOf(result, score)) {
      const name = JSON.stringify([row.preset, row.split, row.subject]);
      groups.set(name, [...(groups.get(name) ?? []), row]);
    }
  return [...groups.values()].map((group) => ({
    ...group[0]!,
    score: average(group.map((row) => row.score)),
    seeds: group.length,
  }));
}

/** Each subject with all sensors; the floor is what the empty set of sensors has. */
function rowsOf(
  { presetName, fold, subjects, subsets, majorityAccuracy }: Result,
  score: Score,
): SubjectScore[] {
  const [none, all] = [subsets[0], subsets.at(-1)];
  return subjects.map((own, i) => ({
    ...{ preset: presetName, split: fold.split, subject: own.subject, seeds: 1 },
    score: { negativeLogLikelihood: NaN, ece: NaN, ...own, ...all?.subjects[i] }[score],
    floor: none?.subjects[i]?.accuracy ?? majorityAccuracy,
  }));
}

export interface MeanScore {
  readonly split: string;
  readonly mean: number;
  /** 95 % interval, by resampling subjects. */
  readonly lower: number;
  readonly upper: number;
  readonly subjects: number;
}

/** One row for each split, in the order in which they first appear. */
export function meansOverSubjects(scores: readonly SubjectScore[]): MeanScore[] {
  return [...new Set(scores.map(({ split }) => split))].map((split) => {
    const values = scores.filter((s) => s.split === split).map((s) => s.score);
    return { split, ...overSubjects(values), subjects: values.length };
  });
}

export interface PairedDifference extends Omit<MeanScore, "split"> {
  readonly first: string;
  readonly second: string;
}

/** first - second for each subject, then mean and interval over subjects. */
export function pairedDifference(
  scores: readonly SubjectScore[],
  first: string,
  second: string,
): PairedDifference {
  const of = (split: string): Map<string, number> =>
    new Map(scores.filter((s) => s.split === split).map((s) => [s.subject, s.score]));
  const [a, b] = [of(first), of(second)];
  const subjects = [...a.keys()];
  if (subjects.length === 0 || subjects.length !== b.size || subjects.some((s) => !b.has(s)))
    throw new Error(
      `pairedDifference: expected the same subjects under ${first} and ${second}, got [${subjects.join()}] and [${[...b.keys()].join()}]; finish the experiment: npm run results`,
    );
  return {
    first,
    second,
    ...overSubjects(subjects.map((s) => a.get(s)! - b.get(s)!)),
    subjects: subjects.length,
  };
}

export interface MeanInterval {
  readonly mean: number;
  /** 95 % interval, by resampling subjects. */
  readonly lower: number;
  readonly upper: number;
}

/**
 * With two subjects or more by the bootstrap; with one there is no interval to give.
 *
 * @param values [subject]
 */
export function overSubjects(values: readonly number[]): MeanInterval {
  if (values.length < 2) return { mean: average(values), lower: average(values), upper: average(values) };
  const { mean: middle, lower, upper } = bootstrapInterval(values, { seed: 1 });
  return { mean: middle, lower, upper };
}

export interface ConfusionRow {
  readonly truth: string;
  readonly predicted: string;
  readonly windows: number;
  /** Of the windows of this truth; NaN where there is none. */
  readonly share: number;
}

/** The confusion of all these results together, as rows to draw. */
export function confusionRows(results: readonly Result[]): ConfusionRow[] {
  const { classes } = results[0]!;
  const matrix = pooled(results.map((result) => result.pooled.confusion));
  return matrix.flatMap((row, truth) => {
    const total = row.reduce((sum, windows) => sum + windows, 0);
    return row.map((windows, predicted) => ({
      truth: classes[truth]!,
      predicted: classes[predicted]!,
      windows,
      share: windows / total,
    }));
  });
}

export interface CurveRow {
  readonly epoch: number;
  readonly part: "train" | "stop";
  readonly quantity: "loss" | "accuracy";
  readonly value: number;
}

/** The history of one run as rows to draw. */
export const curveRows = ({ history }: Result): CurveRow[] =>
  history.flatMap(({ epoch, trainLoss, trainAccuracy, stopLoss, stopAccuracy }) => [
    { epoch, part: "train" as const, quantity: "loss" as const, value: trainLoss },
    { epoch, part: "train" as const, quantity: "accuracy" as const, value: trainAccuracy },
    ...(stopLoss === null
      ? []
      : [{ epoch, part: "stop" as const, quantity: "loss" as const, value: stopLoss }]),
    ...(stopAccuracy === null
      ? []
      : [{ epoch, part: "stop" as const, quantity: "accuracy" as const, value: stopAccuracy }]),
  ]);
