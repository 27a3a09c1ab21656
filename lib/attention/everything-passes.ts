/** Everything at once: not one pass with a mask, but one pass for each small set of modalities. */
import { randomFor } from "../random";
import { choose } from "./modality-channels";

/**
 * Each modality alone, then each pair, in lexical order: M + M (M - 1) / 2 passes through one transformer, in each of which
 * all tokens read all. Source: arXiv 2112.04446.
 *
 *     everythingPasses(3) = [[0], [1], [2], [0, 1], [0, 2], [1, 2]]
 */
export const everythingPasses = (modalities: number): number[][] => [
  ...choose(modalities, 1),
  ...choose(modalities, 2),
];

/** Of the pairs only `pairs`, drawn: the cost of a step is then linear in the number of modalities. */
export function sampledPasses(modalities: number, pairs: number, seed: number): number[][] {
  const all = choose(modalities, 2);
  if (!(Number.isInteger(pairs) && pairs >= 0 && pairs <= all.length))
    throw new Error(`sampledPasses: expected 0 to ${all.length} pairs, got ${pairs}; there are no more`);
  const drawn = randomFor(seed, "sampled passes").permutation(all.length).slice(0, pairs).sort();
  return [...choose(modalities, 1), ...Array.from(drawn, (i) => all[i]!)];
}
