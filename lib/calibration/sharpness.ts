/** How much a model dares to say, right or wrong. */
import { binOf } from "./bins";
import type { ClassTable } from "./class-table";
import { entropies } from "./entropy";
import { meanOf } from "./top-label";

/** 1 − mean entropy / ln K: 0 where each class always gets the same, 1 where one always gets all. */
export const sharpness = (probabilities: ClassTable): number =>
  1 - meanOf(entropies(probabilities)) / Math.log(probabilities.classes);

export interface HistogramRow {
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
}

/** How often which confidence was said, in bins (lower, upper] of equal width; empty ones too. */
export function confidenceHistogram(confidence: ArrayLike<number>, bins = 15): HistogramRow[] {
  const counts = new Float64Array(bins);
  for (let i = 0; i < confidence.length; i++) counts[Math.max(0, binOf(confidence[i]!, bins))]! += 1;
  return Array.from(counts, (count, b) => ({ lower: b / bins, upper: (b + 1) / bins, count }));
}
