/** The Brier score, and what it is made of. */
import { type ClassBins, classBinsOf } from "./class-bins";
import { checkLabels, type ClassTable } from "./class-table";

/** mean over windows of Σ_k (p_k − [k = y])², 0 … 2 (Brier 1950). */
export function brierScore(probabilities: ClassTable, labels: ArrayLike<number>): number {
  checkLabels("brierScore", probabilities, labels);
  const { windows, classes, values } = probabilities;
  let sum = 0;
  for (let i = 0; i < windows; i++)
    for (let k = 0; k < classes; k++) sum += (values[i * classes + k]! - (k === labels[i] ? 1 : 0)) ** 2;
  return sum / windows;
}

/** score = reliability − resolution + uncertainty + within, exactly. */
export interface BrierParts {
  readonly score: number;
  /** How far promises are from what comes; 0 is best. */
  readonly reliability: number;
  /** How far what comes in a bin is from what comes on average; much is good. */
  readonly resolution: number;
  /** Of the labels alone: Σ_k ō_k (1 − ō_k). */
  readonly uncertainty: number;
  /** What bins hide: the variance of promises inside a bin less twice their covariance with what came. */
  readonly within: number;
}

/**
 * Murphy's decomposition (1973) for each class against all others, over bins of equal width of p_k, summed over classes;
 * with the two terms of Stephenson et al. (2008) for promises that differ inside a bin. A probability of 0 is in the first
 * bin here.
 */
export const brierParts = (probabilities: ClassTable, labels: ArrayLike<number>, bins = 15): BrierParts =>
  brierPartsOf(classBinsOf("brierParts", probabilities, labels, bins), probabilities);

/** The same from bins that are there already. */
export function brierPartsOf(
  { bins, counts, promised, came, zeros, cameOfZeros, squares, truths }: ClassBins,
  { windows, classes }: Pick<ClassTable, "windows" | "classes">,
): BrierParts {
  const score = (squares - 2 * truths) / windows + 1;
  let [reliability, resolution, uncertainty, within] = [0, 0, 0, squares - 2 * truths];
  for (let k = 0; k < classes; k++) {
    let all = cameOfZeros[k]!;
    for (let b = 0; b < bins; b++) all += came[k * bins + b]!;
    const base = all / windows;
    uncertainty += base * (1 - base);
    for (let b = 0; b < bins; b++) {
      const n = counts[k * bins + b]! + (b === 0 ? zeros[k]! : 0);
      if (n === 0) continue;
      const promise = promised[k * bins + b]! / n;
      const share = (came[k * bins + b]! + (b === 0 ? cameOfZeros[k]! : 0)) / n;
      reliability += (n / windows) * (promise - share) ** 2;
      resolution += (n / windows) * (share - base) ** 2;
      within -= n * promise * promise - 2 * n * promise * share;
    }
  }
  return { score, reliability, resolution, uncertainty, within: within / windows };
}
