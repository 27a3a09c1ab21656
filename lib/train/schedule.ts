/** The learning rate of each step: linear warm-up, then half a cosine. */

export interface Schedule {
  readonly base: number;
  /** What the last step has. */
  readonly minimum: number;
  readonly warmupSteps: number;
  readonly totalSteps: number;
}

/**
 * base · (i + 1) / warm for i < warm, then min + (base - min) · ½ (1 + cos(π (i + 1 - warm) / (total - warm))).
 *
 * No step has rate 0, step warm - 1 has base, the last step exactly min (Loshchilov & Hutter 2017 with warm-up).
 *
 * @param step from 0
 */
export function learningRateAt(step: number, { base, minimum, warmupSteps, totalSteps }: Schedule): number {
  if (step < warmupSteps) return (base * (step + 1)) / warmupSteps;
  const progress = (step + 1 - warmupSteps) / (totalSteps - warmupSteps);
  return minimum + (base - minimum) * 0.5 * (1 + Math.cos(Math.PI * progress));
}
