/** Scores of one set of sensors, by subject and together. */
import { scoresOf } from "../metrics/by-subject";
import { calibrationError, reliability } from "../metrics/calibration-error";
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
  return {
    ...{ windows, accuracy, macroF1 },
    negativeLogLikelihood: negativeLogLikelihood(logits, truth),
    ece: calibrationError(...confidences(logits, truth)),
    recall: classScores(confusion).map(({ support, recall }) => (support === 0 ? null : recall)),
  };
}

/** The same windows by how sure the model was. */
export const reliabilityUnder = (
  logits: readonly Float32Array[],
  truth: Int32Array,
): SubsetScores["reliability"] =>
  reliability(...confidences(logits, truth))
    .filter(({ count }) => count > 0)
    .map(({ lower, count, confidence, accuracy }) => ({ lower, windows: count, confidence, accuracy }));

/** [window]: the probability of the answer, and 1 where it is right. */
function confidences(logits: readonly Float32Array[], truth: ArrayLike<number>): [number[], number[]] {
  const decisions = decide(logits);
  return [
    logits.map((row, i) => softmax(row)[decisions[i]!]!),
    Array.from(decisions, (id, i) => (id === truth[i] ? 1 : 0)),
  ];
}
