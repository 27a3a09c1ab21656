/** Answers by what was promised of them, in bins of equal width or of equally many windows. */
import type { Bin } from "../metrics/calibration-error";
import { equalGroups } from "./equal-groups";

/** The number of the bin (b / bins, (b + 1) / bins] that a probability is in; -1 for exactly 0, which is in none. */
export function binOf(probability: number, bins: number): number {
  let bin = Math.ceil(probability * bins) - 1;
  if (probability <= bin / bins)
    bin -= 1; // the product may have been rounded over an edge
  else if (probability > (bin + 1) / bins) bin += 1;
  return Math.min(bin, bins - 1);
}

/**
 * As `reliability` has them, in one pass: for very many windows.
 *
 * @param promised [window]: a probability, such as the confidence
 * @param came [window]: 1 where what was promised came, 0 where not
 */
export function equalWidthBins(promised: Float64Array, came: ArrayLike<number>, bins = 15): readonly Bin[] {
  checkPairs("equalWidthBins", promised, came, bins);
  const counts = new Float64Array(bins);
  const sure = new Float64Array(bins);
  const hits = new Float64Array(bins);
  for (let i = 0; i < promised.length; i++) {
    const bin = binOf(promised[i]!, bins);
    if (bin < 0) continue;
    counts[bin]! += 1;
    sure[bin]! += promised[i]!;
    hits[bin]! += came[i]!;
  }
  return Array.from({ length: bins }, (_, b): Bin => ({
    ...{ lower: b / bins, upper: (b + 1) / bins, count: counts[b]! },
    ...{ confidence: sure[b]! / counts[b]!, accuracy: hits[b]! / counts[b]! },
  }));
}

/**
 * In the order of what was promised, cut into groups whose sizes differ by one at most, the larger ones first; equal
 * promises stay in their order. Of fewer windows than bins some bins are empty.
 *
 * @returns lower and upper are the least and the largest promise in a bin, NaN in an empty one
 */
export function equalMassBins(promised: Float64Array, came: ArrayLike<number>, bins = 15): readonly Bin[] {
  checkPairs("equalMassBins", promised, came, bins);
  const group = equalGroups(promised, bins);
  const counts = new Float64Array(bins);
  const sure = new Float64Array(bins);
  const hits = new Float64Array(bins);
  const lower = new Float64Array(bins).fill(Infinity);
  const upper = new Float64Array(bins).fill(-Infinity);
  for (let i = 0; i < promised.length; i++) {
    const [p, bin] = [promised[i]!, group[i]!];
    counts[bin]! += 1;
    sure[bin]! += p;
    hits[bin]! += came[i]!;
    if (p < lower[bin]!) lower[bin] = p;
    if (p > upper[bin]!) upper[bin] = p;
  }
  return Array.from(counts, (count, b): Bin => ({
    ...(count > 0 ? { lower: lower[b]!, upper: upper[b]! } : { lower: NaN, upper: NaN }),
    ...{ count, confidence: sure[b]! / count, accuracy: hits[b]! / count },
  }));
}

function checkPairs(who: string, promised: ArrayLike<number>, came: ArrayLike<number>, bins: number): void {
  if (promised.length !== came.length)
    throw new Error(
      `${who}: expected an outcome for each of ${promised.length} probabilities, got ${came.length}; take both from the same windows`,
    );
  if (!(Number.isInteger(bins) && bins >= 1))
    throw new Error(`${who}: expected 1 or more bins, got ${bins}; 15 is usual`);
}
