/** The rising staircase that is nearest to what came. */

export interface Stair {
  /** From this promise on, up to the next stair. */
  readonly from: number;
  /** The last promise in it. */
  readonly to: number;
  readonly value: number;
}

/**
 * The non-decreasing function of the promise with the least squared error (Ayer et al. 1955): neighbours whose means fall
 * are pooled. Equal promises get one value.
 *
 * @param promised [window]
 * @param came [window]: 1 or 0
 */
export function poolAdjacentViolators(promised: ArrayLike<number>, came: ArrayLike<number>): Stair[] {
  const order = Array.from(promised, (_, i) => i).sort((a, b) => promised[a]! - promised[b]!);
  const stairs: { from: number; to: number; sum: number; count: number }[] = [];
  for (const i of order) {
    const p = promised[i]!;
    const last = stairs.at(-1);
    if (last && last.to === p) {
      last.sum += came[i]!;
      last.count += 1;
    } else stairs.push({ from: p, to: p, sum: came[i]!, count: 1 });
  }
  const pooled: typeof stairs = [];
  for (const stair of stairs) {
    pooled.push(stair);
    while (pooled.length > 1 && !rises(pooled.at(-2)!, pooled.at(-1)!)) {
      const [upper, lower] = [pooled.pop()!, pooled.at(-1)!];
      lower.to = upper.to;
      lower.sum += upper.sum;
      lower.count += upper.count;
    }
  }
  return pooled.map(({ from, to, sum, count }) => ({ from, to, value: sum / count }));
}

const rises = (a: { sum: number; count: number }, b: { sum: number; count: number }): boolean =>
  a.sum * b.count < b.sum * a.count;

/** Between two stairs on a straight line, beyond the first and the last level. */
export function climb(stairs: readonly Stair[], promise: number): number {
  let [low, high] = [0, stairs.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stairs[middle]!.to < promise) low = middle + 1;
    else high = middle;
  }
  const stair = stairs[low]!;
  const before = stairs[low - 1];
  if (promise >= stair.from || !before) return stair.value;
  const share = (promise - before.to) / (stair.from - before.to);
  return before.value + share * (stair.value - before.value);
}
