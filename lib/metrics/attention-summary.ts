/** Many windows' attention in one picture: means over heads, classes, modalities and time. */
import { openRows, type WindowAttention } from "./window-attention";

/**
 * The mean map of each head, over the windows in which a query may look at something.
 *
 * @returns [head][query][key]; a row sums to 1, or is all 0 where its query is never there
 */
export function meanAttentionMap(windows: readonly WindowAttention[]): number[][][] {
  const { heads, queries, keys } = sizesOf("meanAttentionMap", windows);
  const zeros = (): number[][] => Array.from({ length: queries }, () => new Array<number>(keys).fill(0));
  const sums = Array.from({ length: heads }, zeros);
  const counts = Array.from({ length: heads }, () => new Array<number>(queries).fill(0));
  for (const { head, query, weights } of windows.flatMap(openRows)) {
    counts[head]![query]! += 1;
    weights.forEach((weight, key) => (sums[head]![query]![key]! += weight));
  }
  return sums.map((map, h) => map.map((row, q) => row.map((sum) => sum / (counts[h]![q]! || 1))));
}

/** Windows by class, in the order in which classes first appear; for a mean of each. */
export function windowsByClass(windows: readonly WindowAttention[]): Map<string, WindowAttention[]> {
  const classes = new Map<string, WindowAttention[]>();
  for (const window of windows) classes.set(window.class, [...(classes.get(window.class) ?? []), window]);
  return classes;
}

/**
 * Keys of one modality taken together: [head][query][modality], in the order in which modalities first appear. What
 * is asked of modalities alone is asked of fewer numbers then.
 *
 * @param keyModality [key]
 */
export function keysByModality(
  windows: readonly WindowAttention[],
  keyModality: readonly string[],
): WindowAttention[] {
  const modalities = [...new Set(keyModality)];
  const place = keyModality.map((name) => modalities.indexOf(name));
  const together = (row: readonly number[], join: (a: number, b: number) => number): number[] => {
    const joined = new Array<number>(modalities.length).fill(0);
    row.forEach((value, key) => (joined[place[key]!] = join(joined[place[key]!]!, value)));
    return joined;
  };
  return windows.map((window) => ({
    ...window,
    weights: window.weights.map((map) => map.map((row) => together(row, (a, b) => a + b))),
    allowed: window.allowed.map((row) => together(row, Math.max)),
  }));
}

export interface ModalityShare {
  readonly query: string;
  readonly key: string;
  /** Of all weight that these queries give; those of one query sum to 1. */
  readonly weight: number;
}

/**
 * Who reads whom: the share of their weight that queries of one modality give to keys of another, as the mean over
 * windows, heads and queries. A window without the asking modality does not count; one without the asked modality
 * counts with 0, since its queries did look elsewhere. Compare it with that of `readEvenly`: a modality with more
 * tokens gets more from a reader without any preference.
 *
 * @param queryModality [query]
 * @param keyModality [key]
 * @returns a row for each pair, asking modality by asking modality; none for one that never asks
 */
export function crossModalMatrix(
  windows: readonly WindowAttention[],
  queryModality: readonly string[],
  keyModality: readonly string[],
): ModalityShare[] {
  const { queries, keys } = sizesOf("crossModalMatrix", windows);
  if (queryModality.length !== queries || keyModality.length !== keys)
    throw new Error(
      `crossModalMatrix: expected a modality for each of ${queries} queries and ${keys} keys, got ${queryModality.length} and ${keyModality.length}; name each token's`,
    );
  const rows = windows.flatMap(openRows);
  return [...new Set(queryModality)].flatMap((query) => {
    const own = rows.filter((row) => queryModality[row.query] === query);
    if (own.length === 0) return [];
    return [...new Set(keyModality)].map((key): ModalityShare => {
      const given = own.flatMap(({ weights }) => weights.filter((_, k) => keyModality[k] === key));
      return { query, key, weight: given.reduce((sum, weight) => sum + weight, 0) / own.length };
    });
  });
}

/**
 * How much each key receives, over time where keys are moments: the mean over windows, heads and queries.
 *
 * @param whose queries to ask; all unless given
 * @returns [key], which sums to 1, or is all 0 where no such query is ever there
 */
export function attentionProfile(
  windows: readonly WindowAttention[],
  whose: (query: number) => boolean = () => true,
): number[] {
  const { keys } = sizesOf("attentionProfile", windows);
  const rows = windows.flatMap(openRows).filter(({ query }) => whose(query));
  return Array.from({ length: keys }, (_, key) => {
    const sum = rows.reduce((total, { weights }) => total + weights[key]!, 0);
    return sum / (rows.length || 1);
  });
}

function sizesOf(
  who: string,
  windows: readonly WindowAttention[],
): Record<"heads" | "queries" | "keys", number> {
  const [first] = windows;
  if (!first) throw new Error(`${who}: expected windows, got none; is this class among them?`);
  return { heads: first.weights.length, queries: first.allowed.length, keys: first.allowed[0]!.length };
}
