/** How a benchmark speaks: two ways alternate in one run, and their ratio is printed, since times move over a day. */

/** The value that a share `p` of them stay below. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round(p * (sorted.length - 1))]!;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export interface Ratio {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
  readonly rounds: number;
}

/** Of times taken in turn: ours[i] and theirs[i] belong to one round. */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): Ratio {
  const ratios = ours.map((time, i) => time / theirs[i]!);
  const at = (p: number): number => quantile(ratios, p);
  return { median: at(0.5), lower: at(0.25), upper: at(0.75), rounds: ratios.length };
}

/** "0.66 × PyTorch (quartiles 0.61 to 0.70, 9 rounds)" */
export const sayRatio = (r: Ratio, named: string): string =>
  `${r.median.toFixed(2)} × ${named} (quartiles ${r.lower.toFixed(2)} to ${r.upper.toFixed(2)}, ${r.rounds} rounds)`;
