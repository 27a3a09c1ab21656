/** Rows of a calibration's result: scores, people, bins, curves and coverage of answers that belong together. */
import { auroc } from "../calibration/auroc";
import { equalWidthBins } from "../calibration/bins";
import { calibrationScores } from "../calibration/calibration-scores";
import { type ClassTable, pickWindows, stackTables } from "../calibration/class-table";
import { coverageBy, coverageOf } from "../calibration/conformal";
import { doubtOf, meanProbabilities } from "../calibration/ensemble";
import { withPeople } from "../calibration/reliability-rows";
import { riskCoverage } from "../calibration/risk-coverage";
import { meanOf, topLabels } from "../calibration/top-label";
import type { ConformalAnswers, Corrected } from "./calibration-corrections";
import type { CalibrationResult } from "./calibration-result";

type Answered = Pick<Corrected, "asked" | "probabilities">;

/** Answers of several folds or seeds, one below the other. */
export interface Together {
  readonly probabilities: ClassTable;
  readonly labels: readonly number[];
  readonly subjects: readonly string[];
}

export const together = (group: readonly Answered[]): Together => ({
  probabilities: stackTables(group.map(({ probabilities }) => probabilities)),
  labels: group.flatMap(({ asked }) => [...asked.labels]),
  subjects: group.flatMap(({ asked }) => [...asked.subjects]),
});

export function scoresRow({ probabilities, labels }: Omit<Together, "subjects">) {
  const { logLoss, ...others } = calibrationScores(probabilities, labels);
  return { ...others, logLoss: orNull(logLoss) };
}

/** @param members of the same windows */
export function ensembleRow(members: readonly Together[]) {
  const { labels } = members[0]!;
  const tables = members.map(({ probabilities }) => probabilities);
  const mean = meanProbabilities(tables);
  const { total, between } = doubtOf(tables);
  const { right } = topLabels(mean, labels);
  const tell = (doubt: Float64Array): number | null =>
    orNull(
      auroc(
        doubt.filter((_, i) => right[i] === 1),
        doubt.filter((_, i) => right[i] === 0),
      ),
    );
  return {
    members: members.length,
    scores: scoresRow({ probabilities: mean, labels }),
    entropy: meanOf(total),
    between: meanOf(between),
    aurocEntropy: tell(total),
    aurocBetween: tell(between),
  };
}

export function subjectRows({ probabilities, labels, subjects }: Together) {
  return [...new Set(subjects)].map((subject) => {
    const own = labels.flatMap((_, i) => (subjects[i] === subject ? [i] : []));
    const { windows, accuracy, logLoss, ece } = calibrationScores(
      pickWindows(probabilities, own),
      own.map((i) => labels[i]!),
    );
    return { subject, windows, accuracy, logLoss: orNull(logLoss), ece };
  });
}

/** With intervals over people. */
export function binRows(
  { probabilities, labels, subjects }: Together,
  seed: number,
): CalibrationResult["reliability"][number]["bins"] {
  const top = topLabels(probabilities, labels);
  return withPeople(equalWidthBins(top.confidence, top.right), top.confidence, top.right, subjects, { seed });
}

/** At equally spaced shares of the windows. */
export function curveRows(
  { probabilities, labels }: Together,
  points: number,
): CalibrationResult["riskCoverage"][number]["points"] {
  const top = topLabels(probabilities, labels);
  const { risk } = riskCoverage(top.confidence, top.right);
  return Array.from({ length: points }, (_, i) => {
    const asked = Math.max(1, Math.round(((i + 1) / points) * risk.length));
    return { coverage: asked / risk.length, risk: risk[asked - 1]! };
  });
}

/** @param each whether people and classes have rows of their own */
export function coverageRow(group: readonly ConformalAnswers[], classes: readonly string[], each: boolean) {
  const sets = stackTables(group.map((one) => one.sets));
  const labels = group.flatMap(({ asked }) => [...asked.labels]);
  const subjects = group.flatMap(({ asked }) => [...asked.subjects]);
  if (!each) return { pooled: coverageOf(sets, labels), subjects: [], classes: [] };
  return {
    pooled: coverageOf(sets, labels),
    subjects: coverageBy(sets, labels, subjects).map(({ group: subject, ...told }) => ({ subject, ...told })),
    classes: coverageBy(sets, labels, labels).map(({ group: id, ...told }) => ({
      class: classes[id]!,
      ...told,
    })),
  };
}

/** JSON has no infinity, and no NaN. */
export const orNull = (x: number): number | null => (Number.isFinite(x) ? x : null);

/** Six places: a diff is short, and no conclusion hangs on more. */
export function rounded<T>(value: T): T {
  if (typeof value === "number") return (Math.round(value * 1e6) / 1e6) as T;
  if (Array.isArray(value)) return value.map(rounded) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, rounded(own)])) as T;
}
