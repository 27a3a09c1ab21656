/** A reliability diagram as rows: what was promised, what came, and how far that may be trusted. */
import type { Bin } from "../metrics/calibration-error";
import { quantile } from "../metrics/interval";
import { randomFor } from "../random";
import { binOf } from "./bins";
import { wilsonInterval } from "./wilson";

export interface ReliabilityRow extends Bin {
  /** 95 % interval of the accuracy. */
  readonly accuracyLower: number;
  readonly accuracyUpper: number;
}

/** Bins that are not empty, with Wilson's interval: as if windows were independent. */
export const withWilson = (bins: readonly Bin[]): ReliabilityRow[] =>
  bins
    .filter(({ count }) => count > 0)
    .map((bin): ReliabilityRow => {
      const { lower, upper } = wilsonInterval(bin.accuracy * bin.count, bin.count);
      return { ...bin, accuracyLower: lower, accuracyUpper: upper };
    });

/**
 * The same bins of equal width with percentiles over people drawn again with replacement: their windows come and go
 * together, so that these are wider. A draw in which a bin is empty does not count for that bin.
 *
 * @param bins of equal width, of these windows
 * @param subject [window]
 */
export function withPeople(
  bins: readonly Bin[],
  promised: ArrayLike<number>,
  came: ArrayLike<number>,
  subject: readonly string[],
  { seed, draws = 1000 }: { readonly seed: number; readonly draws?: number },
): ReliabilityRow[] {
  const people = [...new Set(subject)];
  const place = new Map(people.map((name, i) => [name, i]));
  const counts = people.map(() => new Float64Array(bins.length));
  const hits = people.map(() => new Float64Array(bins.length));
  for (let i = 0; i < promised.length; i++) {
    const [who, bin] = [place.get(subject[i]!)!, binOf(promised[i]!, bins.length)];
    if (bin < 0) continue;
    counts[who]![bin]! += 1;
    hits[who]![bin]! += came[i]!;
  }
  const random = randomFor(seed, "people of a reliability diagram");
  const drawn = bins.map((): number[] => []);
  for (let draw = 0; draw < draws; draw++) {
    const chosen = people.map(() => random.integer(people.length));
    for (const [b, seen] of drawn.entries()) {
      const n = chosen.reduce((sum, who) => sum + counts[who]![b]!, 0);
      if (n > 0) seen.push(chosen.reduce((sum, who) => sum + hits[who]![b]!, 0) / n);
    }
  }
  return bins.flatMap((bin, b): ReliabilityRow[] => {
    if (bin.count === 0) return [];
    const sorted = drawn[b]!.sort((x, y) => x - y);
    return [{ ...bin, accuracyLower: quantile(sorted, 0.025), accuracyUpper: quantile(sorted, 0.975) }];
  });
}
