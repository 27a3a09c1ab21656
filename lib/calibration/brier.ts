/** The Brier score, and what it is made of. */
import { binOf } from "./bins";
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
export function brierParts(probabilities: ClassTable, labels: ArrayLike<number>, bins = 15): BrierParts {
  checkLabels("brierParts", probabilities, labels);
  const { windows, classes, values } = probabilities;
  // of each class and bin: n, Σ p, Σ o, Σ p², Σ p o
  const sums = new Float64Array(classes * bins * 5);
  for (let i = 0; i < windows; i++)
    for (let k = 0; k < classes; k++) {
      const p = values[i * classes + k]!;
      const at = (k * bins + Math.max(0, binOf(p, bins))) * 5;
      const came = k === labels[i] ? 1 : 0;
      sums[at]! += 1;
      sums[at + 1]! += p;
      sums[at + 2]! += came;
      sums[at + 3]! += p * p;
      sums[at + 4]! += p * came;
    }
  let [reliability, resolution, uncertainty, within, score] = [0, 0, 0, 0, 0];
  for (let k = 0; k < classes; k++) {
    let all = 0;
    for (let b = 0; b < bins; b++) all += sums[(k * bins + b) * 5 + 2]!;
    const base = all / windows;
    uncertainty += base * (1 - base);
    for (let b = 0; b < bins; b++) {
      const [n, p, o, pp, po] = sums.subarray((k * bins + b) * 5, (k * bins + b + 1) * 5);
      if (!n) continue;
      const [promise, share] = [p! / n, o! / n];
      reliability += (n / windows) * (promise - share) ** 2;
      resolution += (n / windows) * (share - base) ** 2;
      within += (pp! - n * promise * promise - 2 * (po! - n * promise * share)) / windows;
      score += (pp! - 2 * po! + o!) / windows;
    }
  }
  return { score, reliability, resolution, uncertainty, within };
}
