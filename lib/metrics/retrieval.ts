/** Does an embedding find its own partner among many? */

/** 0-based ranks of the true matches. */
export interface Ranks {
  /** [query]: items that are more similar than the match. Ties count for nothing, so that a collapsed space is "perfect". */
  readonly strict: Float64Array;
  /** [query]: strict + half of the items that are as similar, the match itself excluded. */
  readonly meanTie: Float64Array;
}

/** @param similarity [query, gallery]; the match of query i is item i */
export function ranksOf(similarity: ArrayLike<number>, queries: number): Ranks {
  const gallery = similarity.length / queries;
  const [strict, meanTie] = [new Float64Array(queries), new Float64Array(queries)];
  for (let q = 0; q < queries; q++) {
    const own = similarity[q * gallery + q]!;
    let [above, level] = [0, -1];
    for (let g = 0; g < gallery; g++) {
      const other = similarity[q * gallery + g]!;
      if (other > own) above += 1;
      else if (other === own) level += 1;
    }
    strict[q] = above;
    meanTie[q] = above + level / 2;
  }
  return { strict, meanTie };
}

/** Share of queries whose match is among the first k: rank ≤ k - 1. */
export const recallAt = (ranks: ArrayLike<number>, k: number): number =>
  Array.from(ranks).filter((rank) => rank <= k - 1).length / ranks.length;

/** Between the middle two where there is no middle one. */
export function medianOf(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

export interface Retrieval {
  readonly queries: number;
  /** [query], 1-based, ties shared. */
  readonly ranks: Float64Array;
  /** 1-based, as tables print it: 1 is perfect, (gallery + 1) / 2 is chance. */
  readonly medianRank: number;
  readonly recall1: number;
  readonly recall5: number;
  readonly recall10: number;
  /** R@1 with strict ranks, as published. */
  readonly recall1Strict: number;
  /** What guessing gives: the median rank, and recall at 1, 5, 10. */
  readonly chance: readonly [medianRank: number, recall1: number, recall5: number, recall10: number];
}

/**
 * Cosines of row i of `query` with all rows of `gallery`, and where its own, row i, comes among them. The gallery may be
 * longer.
 *
 * @param query, gallery [sample, dim]
 */
export function retrieval(query: ArrayLike<number>, gallery: ArrayLike<number>, dim: number): Retrieval {
  const [samples, items] = [query.length / dim, gallery.length / dim];
  const ranks = ranksOf(cosines(query, gallery, dim), samples);
  const [recall1, recall5, recall10] = [1, 5, 10].map((k) => recallAt(ranks.meanTie, k)) as [
    number,
    number,
    number,
  ];
  return {
    ...{ queries: samples, ranks: ranks.meanTie.map((rank) => rank + 1) },
    ...{ medianRank: medianOf(ranks.meanTie) + 1, recall1, recall5, recall10 },
    recall1Strict: recallAt(ranks.strict, 1),
    chance: [
      (items + 1) / 2,
      ...[1, 5, 10].map((k) => Math.min(1, k / items)),
    ] as unknown as Retrieval["chance"],
  };
}

/** [query, gallery]; 0 with a row of zeros. */
export function cosines(query: ArrayLike<number>, gallery: ArrayLike<number>, dim: number): Float64Array {
  const [a, b] = [unitRows(query, dim), unitRows(gallery, dim)];
  const [rows, columns] = [a.length / dim, b.length / dim];
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < dim; k++) sum += a[i * dim + k]! * b[j * dim + k]!;
      out[i * columns + j] = sum;
    }
  return out;
}

/** Rows of length 1; a row of zeros stays one. */
export function unitRows(x: ArrayLike<number>, dim: number): Float64Array {
  const out = Float64Array.from(x);
  for (let at = 0; at < out.length; at += dim) {
    let sum = 0;
    for (let k = 0; k < dim; k++) sum += out[at + k]! ** 2;
    const length = Math.sqrt(sum) || 1;
    for (let k = 0; k < dim; k++) out[at + k]! /= length;
  }
  return out;
}
