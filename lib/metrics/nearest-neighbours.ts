/** What would the neighbours say? A probe without training. */
import { cosines } from "./retrieval";

/**
 * The commonest class among the k most similar rows by cosine; ties go to the class of the nearest of them.
 *
 * @param train [row, dim] @param asked [query, dim]
 * @returns [query] class
 */
export function nearestNeighbours(
  train: ArrayLike<number>,
  labels: ArrayLike<number>,
  asked: ArrayLike<number>,
  dim: number,
  k = 5,
): Int32Array {
  const rows = labels.length;
  const similar = cosines(asked, train, dim);
  return Int32Array.from({ length: asked.length / dim }, (_, q) => {
    const own = similar.subarray(q * rows, (q + 1) * rows);
    const nearest: number[] = [];
    for (let i = 0; i < rows; i++) {
      if (nearest.length === k && own[i]! <= own[nearest[k - 1]!]!) continue;
      const at = nearest.findIndex((other) => own[i]! > own[other]!);
      nearest.splice(at < 0 ? nearest.length : at, 0, i);
      if (nearest.length > k) nearest.pop();
    }
    const votes = new Map<number, number>(); // in the order of nearness
    for (const i of nearest) votes.set(labels[i]!, (votes.get(labels[i]!) ?? 0) + 1);
    return [...votes].reduce((best, vote) => (vote[1] > best[1] ? vote : best))[0];
  });
}
