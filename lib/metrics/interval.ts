/** How far a mean over subjects may be trusted: subjects are what was sampled, windows are not. */
import { randomFor } from "../random";
import { studentQuantile } from "./student-t";

export interface Interval {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  /** Of the interval, 0.95 for 95 %. */
  readonly level: number;
  /** Subjects behind it. */
  readonly count: number;
}

/**
 * mean ± t · s / √n with n − 1 degrees of freedom. Assumes that subjects scatter normally; may pass 1.
 *
 * @param values [subject]
 * @throws with fewer than 2 subjects, since one says nothing about others
 */
export function studentInterval(values: readonly number[], level = 0.95): Interval {
  const count = checked("studentInterval", values);
  const mean = meanOf(values);
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (count - 1);
  const half = studentQuantile((1 + level) / 2, count - 1) * Math.sqrt(variance / count);
  return { mean, lower: mean - half, upper: mean + half, level, count };
}

/**
 * Percentiles of the mean when the subjects are drawn again with replacement. Assumes no shape, stays inside the range of
 * the values, and is too narrow for few subjects: of 8, its deviation of the mean is √(7/8) of the unbiased one.
 *
 * @param values [subject]
 */
export function bootstrapInterval(
  values: readonly number[],
  {
    seed,
    level = 0.95,
    draws = 10_000,
  }: { readonly seed: number; readonly level?: number; readonly draws?: number },
): Interval {
  const count = checked("bootstrapInterval", values);
  const random = randomFor(seed, "bootstrap");
  const means = Float64Array.from({ length: draws }, () => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += values[random.integer(count)]!;
    return sum / count;
  }).sort();
  return {
    mean: meanOf(values),
    lower: quantile(means, (1 - level) / 2),
    upper: quantile(means, (1 + level) / 2),
    level,
    count,
  };
}

/** Linear between order statistics (numpy's default). */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const at = p * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return low + (high - low) * (at - Math.floor(at));
}

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function checked(who: string, values: readonly number[]): number {
  const bad = values.findIndex((x) => !Number.isFinite(x));
  if (values.length < 2 || bad >= 0)
    throw new Error(
      `${who}: expected 2 or more finite values, got [${values.join(", ")}]; give one score for each subject`,
    );
  return values.length;
}
