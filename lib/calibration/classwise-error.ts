/** Calibration of every class, not of the answer alone. */
import type { Bin } from "../metrics/calibration-error";
import { equalMassBins, equalWidthBins } from "./bins";
import { type ClassBins, classBinsOf } from "./class-bins";
import { averageGap } from "./calibration-gaps";
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
): ClasswiseError => classwiseErrorOf(classBinsOf("classwiseError", probabilities, labels, bins));

/** The same from bins that are there already. */
export function classwiseErrorOf({ bins, counts, promised, came, zeros }: ClassBins): ClasswiseError {
  return overClasses(
    Array.from(zeros, (_, k) => {
      let [gaps, all] = [0, 0];
      for (let cell = k * bins; cell < (k + 1) * bins; cell++) {
        gaps += Math.abs(came[cell]! - promised[cell]!);
        all += counts[cell]!;
      }
      return gaps / all;
    }),
  );
}

/** The mean gap over bins of equally many windows of p_k, the mean over classes (ACE of Nixon et al. 2019). */
export function adaptiveClasswiseError(
  probabilities: ClassTable,
  labels: ArrayLike<number>,
  bins = 15,
): ClasswiseError {
  checkLabels("adaptiveClasswiseError", probabilities, labels);
  const { windows, classes } = probabilities;
  const columns = byClass(probabilities);
  const came = new Uint8Array(windows);
  return overClasses(
    Array.from({ length: classes }, (_, k) => {
      for (let i = 0; i < windows; i++) came[i] = labels[i] === k ? 1 : 0;
      return averageGap(equalMassBins(columns.subarray(k * windows, (k + 1) * windows), came, bins));
    }),
  );
}

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

function overClasses(each: readonly number[]): ClasswiseError {
  const told = each.filter((error) => !Number.isNaN(error));
  return { mean: told.reduce((a, b) => a + b, 0) / told.length, each };
}

/** [class, window]: a class's promises side by side. */
function byClass({ windows, values }: ClassTable): Float64Array {
  const columns = new Float64Array(values.length);
  for (let i = 0, at = 0; i < windows; i++)
    for (let to = i; to < columns.length; to += windows) columns[to] = values[at++]!;
  return columns;
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
