/** Features in a few steps each, so that a tree looks at counts and not at numbers. */

export interface Bins {
  readonly features: number;
  /** [feature][example]: the bin, 0 to edges. */
  readonly columns: readonly Uint8Array[];
  /** [feature][edge], increasing; bin b holds values above edge b - 1 and at most edge b. */
  readonly edges: readonly Float64Array[];
}

const most = 64;

/** Edges midway between two values that occur: between all of them where they are few, else at the quantiles of the examples. */
export function binned(rows: readonly Float32Array[]): Bins {
  const features = rows[0]?.length ?? 0;
  const each = Array.from({ length: features }, (_, f) => {
    const column = Float32Array.from(rows, (row) => row[f]!);
    if (column.some(Number.isNaN))
      throw new Error(`fitForest: expected numbers, got NaN in feature ${f}; fill what was not measured`);
    const sorted = column.slice().sort();
    const places: number[] = []; // i: between sorted[i - 1] and sorted[i], which differ
    for (let i = 1; i < sorted.length; i++) if (sorted[i]! > sorted[i - 1]!) places.push(i);
    const chosen =
      places.length < most
        ? places
        : Array.from({ length: most - 1 }, (_, k) => {
            const wanted = ((k + 1) * sorted.length) / most;
            return places[Math.min(firstAt(places, wanted), places.length - 1)]!;
          });
    const edges = Float64Array.from([...new Set(chosen)], (i) => (sorted[i - 1]! + sorted[i]!) / 2);
    return { edges, bins: Uint8Array.from(column, (x) => firstAt(edges, x)) };
  });
  return { features, columns: each.map(({ bins }) => bins), edges: each.map(({ edges }) => edges) };
}

/** The first whose value is `least` or more; the length where there is none. */
function firstAt(sorted: ArrayLike<number>, least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
