/** Scores of one set of sensors, by subject and together. */
import { scoresOf } from "../metrics/by-subject";
import { calibrationError } from "../metrics/calibration-error";
import { confusionMatrix } from "../metrics/confusion";
import { classScores } from "../metrics/macro-f1";
import { softmax } from "../metrics/softmax";
import { decide, negativeLogLikelihood } from "../train/evaluate";
import type { Result } from "./result";

export type SubsetScores = Result["subsets"][number];
export type FaultScores = SubsetScores["pooled"];

/**
 * @param logits [window, class]
 * @param truth [window], class ids
 * @param subject [window]
 */
export function scoresUnder(
  logits: readonly Float32Array[],
  truth: Int32Array,
  subject: readonly string[],
): Pick<SubsetScores, "pooled" | "subjects"> {
  const all = Array.from(subject, (_, i) => i);
  const of = (windows: readonly number[]): FaultScores =>
    scoresOfLogits(
      windows.map((i) => logits[i]!),
      windows.map((i) => truth[i]!),
    );
  const people = [...new Set(subject)];
  return {
    pooled: of(all),
    subjects: people.map((name) => ({ subject: name, ...of(all.filter((i) => subject[i] === name)) })),
  };
}

function scoresOfLogits(logits: readonly Float32Array[], truth: readonly number[]): FaultScores {
  const decisions = decide(logits);
  const confusion = confusionMatrix(truth, decisions, logits[0]!.length);
  const { windows, accuracy, macroF1 } = scoresOf(confusion);
  const confidence = logits.map((row, i) => softmax(row)[decisions[i]!]!);
  return {
    ...{ windows, accuracy, macroF1 },
    negativeLogLikelihood: negativeLogLikelihood(logits, truth),
    ece: calibrationError(
      confidence,
      truth.map((id, i) => (id === decisions[i] ? 1 : 0)),
    ),
    recall: classScores(confusion).map(({ support, recall }) => (support === 0 ? null : recall)),
  };
}
