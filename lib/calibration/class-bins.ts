/** What was promised to each class, in bins of equal width, from one pass over all of a table. */
import { binOf } from "./bins";
import { checkLabels, type ClassTable } from "./class-table";

export interface ClassBins {
  readonly bins: number;
  /** [class, bin]: windows, sum of p_k, and windows whose label is k; a probability of exactly 0 is in none. */
  readonly counts: Float64Array;
  readonly promised: Float64Array;
  readonly came: Float64Array;
  /** [class]: windows with p_k = 0, and those of them whose label is k. */
  readonly zeros: Float64Array;
  readonly cameOfZeros: Float64Array;
  /** Over all windows and classes: Σ p², and Σ p_y of the labels. */
  readonly squares: number;
  readonly truths: number;
}

/** @param who names the function that asks */
export function classBinsOf(
  who: string,
  { windows, classes, values }: ClassTable,
  labels: ArrayLike<number>,
  bins: number,
): ClassBins {
  checkLabels(who, { windows, classes, values }, labels);
  const [counts, promised, came] = [0, 1, 2].map(() => new Float64Array(classes * bins)) as Three;
  const [zeros, cameOfZeros] = [new Float64Array(classes), new Float64Array(classes)];
  const edges = Float64Array.from({ length: bins + 1 }, (_, b) => b / bins);
  let [squares, truths] = [0, 0];
  for (let i = 0, at = 0; i < windows; i++) {
    for (let k = 0; k < classes; k++, at++) {
      const p = values[at]!;
      squares += p * p;
      if (p <= 0) {
        zeros[k]! += 1;
        continue;
      }
      // as `binOf`, without its divisions
      let bin = (p * bins) | 0;
      if (bin >= bins) bin = bins - 1;
      if (p <= edges[bin]!) bin -= 1;
      else if (p > edges[bin + 1]! && bin < bins - 1) bin += 1;
      const cell = k * bins + bin;
      counts[cell]! += 1;
      promised[cell]! += p;
    }
    const label = labels[i]!;
    const p = values[i * classes + label]!;
    truths += p;
    if (p > 0) came[label * bins + binOf(p, bins)]! += 1;
    else cameOfZeros[label]! += 1;
  }
  return { bins, counts, promised, came, zeros, cameOfZeros, squares, truths };
}

type Three = [Float64Array, Float64Array, Float64Array];
