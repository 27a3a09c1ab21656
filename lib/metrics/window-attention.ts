/** The attention weights of one window as plain numbers, and the rows among them that say something. */

export interface WindowAttention {
  readonly class: string;
  /** [head][query][key] */
  readonly weights: readonly (readonly (readonly number[])[])[];
  /** [query][key]; 1 where the query may look. A query without any 1 is not there and counts nowhere. */
  readonly allowed: readonly (readonly number[])[];
}

/** What one query of one head looks at. */
export interface AttentionRow {
  readonly head: number;
  readonly query: number;
  /** [key] */
  readonly weights: readonly number[];
  /** [key] */
  readonly allowed: readonly number[];
}

/**
 * Rows of queries that may look at something, in the order of heads and queries.
 *
 * @throws where such a row does not sum to 1 over its allowed keys: the mask is another one than the layer was given,
 *   or the layer reads what it may not
 */
export function openRows({ weights, allowed }: WindowAttention): AttentionRow[] {
  return weights.flatMap((queries, head) =>
    queries.flatMap((row, query): AttentionRow[] => {
      const open = allowed[query]!;
      if (!open.includes(1)) return [];
      const sum = row.reduce((total, weight, key) => total + weight * open[key]!, 0);
      // float32 rows of a few hundred keys are within 1e-4
      if (!(Math.abs(sum - 1) < 1e-3))
        throw new Error(
          `openRows: head ${head}, query ${query}: expected weights that sum to 1 over the allowed keys, got ${sum}; give the mask that the layer was given`,
        );
      return [{ head, query, weights: row, allowed: open }];
    }),
  );
}

/**
 * Windows from what a model returned for a batch.
 *
 * @param weights [batch, head, query, key], row-major
 * @param shape its sizes
 * @param allowed [batch, query, key], row-major; `validPairs` makes it of validities
 * @param classes [batch]
 */
export function windowAttentions(
  weights: ArrayLike<number>,
  [batch, head, query, key]: readonly [batch: number, head: number, query: number, key: number],
  allowed: ArrayLike<number>,
  classes: readonly string[],
): WindowAttention[] {
  const sizes = [weights.length, allowed.length, classes.length];
  const wanted = [batch * head * query * key, batch * query * key, batch];
  if (sizes.join() !== wanted.join())
    throw new Error(
      `windowAttentions: expected ${wanted.join(", ")} weights, mask entries and classes, got ${sizes.join(", ")}; take them from one batch`,
    );
  const rows = (values: ArrayLike<number>, block: number): number[][] =>
    Array.from({ length: query }, (_, q) =>
      Array.from({ length: key }, (_, k) => values[(block * query + q) * key + k]!),
    );
  return classes.map((name, b) => ({
    class: name,
    weights: Array.from({ length: head }, (_, h) => rows(weights, b * head + h)),
    allowed: rows(allowed, b),
  }));
}

/**
 * [batch, query, key] of the validity of queries and keys: 1 where both are valid.
 *
 * @param queries [batch][query]
 * @param keys [batch][key]
 */
export const validPairs = (
  queries: readonly (readonly number[])[],
  keys: readonly (readonly number[])[],
): number[] => queries.flatMap((row, b) => row.flatMap((q) => keys[b]!.map((k) => q * k)));

/** The floor of every summary: the same windows if each query read all that it may alike. */
export const readEvenly = (windows: readonly WindowAttention[]): WindowAttention[] =>
  windows.map((window) => {
    const even = window.allowed.map((row) => {
      const keys = row.reduce((sum, open) => sum + open, 0);
      return row.map((open) => (keys ? open / keys : 0));
    });
    return { ...window, weights: window.weights.map(() => even) };
  });
