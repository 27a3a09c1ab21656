/** Is a method right as often as it says, over the windows of all its folds and seeds? */
import type { Result } from "./result";

export interface PooledBin {
  /** The bin is (lower, lower + 1/15]. */
  readonly lower: number;
  readonly windows: number;
  /** Means over these windows; null where there are none. */
  readonly confidence: number | null;
  readonly accuracy: number | null;
}

export interface PooledReliability {
  /** All 15. */
  readonly bins: readonly PooledBin[];
  /** Σ_b n_b / N · |accuracy_b − confidence_b| */
  readonly ece: number;
  /** The largest |accuracy_b − confidence_b| of a bin that is not empty. */
  readonly mce: number;
  readonly samples: number;
}

const bins = 15;

/**
 * @param results of one preset
 * @param present the sensors that are left, in the preset's order
 */
export function pooledReliability(results: readonly Result[], present: readonly string[]): PooledReliability {
  const kept = results.flatMap(({ subsets, key }) => {
    const set = subsets.find((one) => one.present.join() === present.join());
    if (!set)
      throw new Error(
        `pooledReliability: expected the set ${present.join("+") || "none"} in result ${key}, got [${subsets.map((s) => s.present.join("+")).join(", ")}]; name the sensors in the preset's order, or run: npm run results`,
      );
    return set.reliability;
  });
  const rows = Array.from({ length: bins }, (_, b): PooledBin => {
    const own = kept.filter(({ lower }) => lower === b / bins);
    const windows = sum(own.map((bin) => bin.windows));
    const mean = (of: (bin: (typeof own)[number]) => number): number | null =>
      windows === 0 ? null : sum(own.map((bin) => bin.windows * of(bin))) / windows;
    return {
      lower: b / bins,
      windows,
      confidence: mean((x) => x.confidence),
      accuracy: mean((x) => x.accuracy),
    };
  });
  const samples = sum(rows.map(({ windows }) => windows));
  const gaps = rows.map(({ accuracy, confidence }) => Math.abs((accuracy ?? 0) - (confidence ?? 0)));
  return {
    ...{ bins: rows, samples },
    ece: sum(gaps.map((gap, b) => gap * rows[b]!.windows)) / samples,
    mce: Math.max(...gaps),
  };
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
