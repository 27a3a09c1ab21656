/** Calibration of every class, not of the answer alone. */
import type { Bin } from "../metrics/calibration-error";
import { equalMassBins, equalWidthBins } from "./bins";
import { averageGap, expectedGap } from "./calibration-gaps";
import { checkLabels, type ClassTable } from "./class-table";

export interface ClasswiseError {
  /** The mean over classes. */
  readonly mean: number;
  /** [class] */
  readonly each: readonly number[];
}

/**
 * The expected gap between p_k and the share of label k, over bins of equal width of p_k of all windows
 * (Kull et al. 2019).
 *
 * A probability of exactly 0 is in no bin, so that it is not counted: a class that never occurs and never is said has NaN,
 * and is left out of the mean.
 */
export const classwiseError = (
  probabilities: ClassTable,
  labels: ArrayLike<number>,
  bins = 15,
): ClasswiseError =>
  ofClasses("classwiseError", probabilities, labels, (p, is) => expectedGap(equalWidthBins(p, is, bins)));

/** The mean gap over bins of equally many windows of p_k, the mean over classes (ACE of Nixon et al. 2019). */
export const adaptiveClasswiseError = (
  probabilities: ClassTable,
  labels: ArrayLike<number>,
  bins = 15,
): ClasswiseError =>
  ofClasses("adaptiveClasswiseError", probabilities, labels, (p, is) =>
    averageGap(equalMassBins(p, is, bins)),
  );

/** Bins of one class against all others, for its reliability diagram. */
export function classBins(
  probabilities: ClassTable,
  labels: ArrayLike<number>,
  which: number,
  bins = 15,
): readonly Bin[] {
  checkLabels("classBins", probabilities, labels);
  return equalWidthBins(...oneAgainstAll(probabilities, labels, which), bins);
}

function ofClasses(
  who: string,
  probabilities: ClassTable,
  labels: ArrayLike<number>,
  errorOf: (promised: Float64Array, came: Uint8Array) => number,
): ClasswiseError {
  checkLabels(who, probabilities, labels);
  const each = Array.from({ length: probabilities.classes }, (_, k) =>
    errorOf(...oneAgainstAll(probabilities, labels, k)),
  );
  const told = each.filter((error) => !Number.isNaN(error));
  return { mean: told.reduce((a, b) => a + b, 0) / told.length, each };
}

/** [window]: p_k, and 1 where the label is k. */
export function oneAgainstAll(
  { windows, classes, values }: ClassTable,
  labels: ArrayLike<number>,
  which: number,
): [Float64Array, Uint8Array] {
  const promised = new Float64Array(windows);
  const came = new Uint8Array(windows);
  for (let i = 0; i < windows; i++) {
    promised[i] = values[i * classes + which]!;
    came[i] = labels[i] === which ? 1 : 0;
  }
  return [promised, came];
}
