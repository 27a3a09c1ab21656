/** Do two lists put the same things first? */

/**
 * Kendall's τ_b: (concordant − discordant) pairs / √(pairs that a tells apart · pairs that b tells apart); 1 for the same
 * order, −1 for the opposite one, 0 in the mean over random orders, NaN where either tells nothing apart.
 */
export function kendall(a: ArrayLike<number>, b: ArrayLike<number>): number {
  checkLengths("kendall", a, b);
  let [both, byA, byB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < i; j++) {
      const [x, y] = [Math.sign(a[i]! - a[j]!), Math.sign(b[i]! - b[j]!)];
      both += x * y;
      byA += x * x;
      byB += y * y;
    }
  return both / Math.sqrt(byA * byB);
}

/** Spearman's ρ: Pearson's correlation of ranks, equal values sharing the mean of their ranks; NaN as above. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  checkLengths("spearman", a, b);
  const [x, y] = [centred(ranks(a)), centred(ranks(b))];
  const product = (u: readonly number[], v: readonly number[]): number =>
    u.reduce((sum, value, i) => sum + value * v[i]!, 0);
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
}

function ranks(values: ArrayLike<number>): number[] {
  const all = Array.from(values);
  return all.map((x) => all.filter((y) => y < x).length + (all.filter((y) => y === x).length + 1) / 2);
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return values.map((x) => x - mean);
}

function checkLengths(who: string, a: ArrayLike<number>, b: ArrayLike<number>): void {
  if (a.length !== b.length)
    throw new Error(
      `${who}: expected two values of each thing, got ${a.length} and ${b.length}; rank the same things`,
    );
}
