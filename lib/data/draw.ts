/** Drawing so that every class keeps its share. */
import type { Random } from "../random";

/**
 * Splits `total` in proportion to `counts`: the whole parts first, then one each for the largest remainders,
 * ties drawn by `random`; as scikit-learn's StratifiedShuffleSplit does.
 */
export function apportion(counts: readonly number[], total: number, random: Random): number[] {
  const sum = counts.reduce((a, b) => a + b, 0);
  if (total > sum)
    throw new Error(`apportion: expected at most ${sum} to draw, got ${total}; ask for a smaller part`);
  const exact = counts.map((count) => (sum > 0 ? (count * total) / sum : 0));
  const shares = exact.map(Math.floor);
  const tie = random.permutation(counts.length);
  const remainder = (i: number): number => exact[i]! - shares[i]!;
  const order = counts.map((_, i) => i).sort((a, b) => remainder(b) - remainder(a) || tie[a]! - tie[b]!);
  const left = total - shares.reduce((a, b) => a + b, 0);
  for (const i of order.slice(0, left)) shares[i]!++;
  return shares;
}

/** Deals items into consecutive parts of these sizes; each part has every stratum in proportion. */
export function dealStratified(
  items: ArrayLike<number>,
  strata: Int32Array,
  sizes: readonly number[],
  random: Random,
): number[][] {
  const byStratum = new Map<number, number[]>();
  for (const i of random.permutation(items.length)) {
    const item = items[i]!;
    const group = byStratum.get(strata[item]!);
    if (group) group.push(item);
    else byStratum.set(strata[item]!, [item]);
  }
  const groups = [...byStratum].sort(([a], [b]) => a - b).map(([, group]) => group);
  return sizes.map((size) => {
    const shares = apportion(
      groups.map((group) => group.length),
      size,
      random,
    );
    return groups.flatMap((group, g) => group.splice(0, shares[g]));
  });
}
