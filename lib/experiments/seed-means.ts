/** What the beginning of training decides: each method's mean over people, from each seed alone. */
import { average } from "../metrics/average";
import type { Result } from "./result";
import { meansOverSubjects, type Score, subjectScores } from "./summary";

export interface SeedMeans {
  /** The preset's name. */
  readonly method: string;
  /** Mean over held-out subjects, in the order of the seeds. */
  readonly means: readonly { readonly seed: number; readonly mean: number }[];
  /** Over seeds. */
  readonly mean: number;
  /** Best seed less worst; 0 of one seed. */
  readonly spread: number;
}

/**
 * Folds of one seed begin alike, so eight people do not show what another beginning would have done: a difference
 * between methods that is smaller than their spread is no difference between methods.
 *
 * @param results of one split
 * @returns a row a method, in the order of the results
 */
export function seedMeans(results: readonly Result[], score: Score = "macroF1"): SeedMeans[] {
  return [...new Set(results.map(({ presetName }) => presetName))].map((method) => {
    const own = results.filter(({ presetName }) => presetName === method);
    const seeds = [...new Set(own.map(({ seed }) => seed))].sort((a, b) => a - b);
    const means = seeds.map((seed) => {
      const scores = subjectScores(
        own.filter((result) => result.seed === seed),
        score,
      );
      const over = meansOverSubjects(scores);
      if (over.length !== 1)
        throw new Error(
          `seedMeans: expected results of one split, got [${over.map(({ split }) => split).join(", ")}] of ${method}; choose those of one experiment and split`,
        );
      return { seed, mean: over[0]!.mean };
    });
    const values = means.map(({ mean }) => mean);
    return { method, means, mean: average(values), spread: Math.max(...values) - Math.min(...values) };
  });
}
