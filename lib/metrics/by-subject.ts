/** The same prediction, asked of each person and of all together. */
import { accuracy, confusionMatrix, pooled, type Confusion } from "./confusion";
import { macroF1 } from "./macro-f1";

export interface Scores {
  readonly windows: number;
  readonly accuracy: number;
  /** Over the classes in the truth of these windows. */
  readonly macroF1: number;
  /** Over the classes in truth or prediction, as scikit-learn does. */
  readonly macroF1TruthOrPrediction: number;
  readonly confusion: Confusion;
}

export interface SubjectScores extends Scores {
  readonly subject: string;
}

export function scoresOf(confusion: Confusion): Scores {
  return {
    windows: confusion.flat().reduce((a, b) => a + b, 0),
    accuracy: accuracy(confusion),
    macroF1: macroF1(confusion, "truth"),
    macroF1TruthOrPrediction: macroF1(confusion, "truth or prediction"),
    confusion,
  };
}

/**
 * A row for each subject, in the order in which they first appear, and one for all windows together.
 *
 * The two answer different questions: pooled, a subject with many windows counts for more.
 *
 * @param subject [window]
 * @param truth [window], class ids
 * @param predicted [window], class ids
 */
export function scoresBySubject(
  subject: readonly string[],
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): { subjects: SubjectScores[]; pooled: Scores } {
  if (subject.length !== truth.length)
    throw new Error(
      `scoresBySubject: expected a subject for each of ${truth.length} windows, got ${subject.length}; take them from the same windows`,
    );
  const each = [...new Set(subject)].map((name) => {
    const own = subject.flatMap((s, i) => (s === name ? [i] : []));
    const pick = (ids: ArrayLike<number>): number[] => own.map((i) => ids[i]!);
    return { name, confusion: confusionMatrix(pick(truth), pick(predicted), classes) };
  });
  return {
    subjects: each.map(({ name, confusion }) => ({ subject: name, ...scoresOf(confusion) })),
    pooled: scoresOf(pooled(each.map(({ confusion }) => confusion))),
  };
}

/**
 * The floor of every table: the share of `test` that is of the commonest class of `train` (the first of equals),
 * which is what a model scores that has learned nothing but the frequencies.
 *
 * @param train [window], class ids
 * @param test [window], class ids
 */
export function majorityRate(train: ArrayLike<number>, test: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  for (const id of Array.from(train)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const [commonest] = [...counts].sort(([a, m], [b, n]) => n - m || a - b)[0] ?? [NaN];
  return Array.from(test).filter((id) => id === commonest).length / test.length;
}
