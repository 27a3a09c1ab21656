/** How undecided attention is: 0 where one key has all, 1 where all have the same. */
import { openRows, type WindowAttention } from "./window-attention";

/**
 * - Σⱼ pⱼ ln pⱼ / ln n over the n allowed keys; NaN for fewer than two, where there is nothing to decide.
 *
 * @param weights [key], which sum to 1 over the allowed keys
 * @param allowed [key]
 */
export function normalisedEntropy(weights: readonly number[], allowed: readonly number[]): number {
  const open = weights.filter((_, key) => allowed[key] === 1);
  if (open.length < 2) return NaN;
  const entropy = open.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0); // p ln p → 0
  return entropy / Math.log(open.length);
}

/**
 * The mean of each head, over windows and the queries that have two keys or more to choose from.
 *
 * @returns [head]; NaN where no query has a choice
 */
export function meanEntropy(windows: readonly WindowAttention[]): number[] {
  const rows = windows.flatMap(openRows).map((row) => ({
    head: row.head,
    entropy: normalisedEntropy(row.weights, row.allowed),
  }));
  const heads = windows[0]?.weights.length ?? 0;
  return Array.from({ length: heads }, (_, head) => {
    const own = rows.filter((row) => row.head === head && !Number.isNaN(row.entropy));
    return own.reduce((sum, { entropy }) => sum + entropy, 0) / own.length;
  });
}
