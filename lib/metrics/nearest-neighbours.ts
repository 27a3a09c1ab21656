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
  return Int32Array.from(neighbourVotes(train, labels, asked, dim, k), (votes) => commonest(votes));
}

/** Of equally many the one that came first. */
export const commonest = (votes: ReadonlyMap<number, number>): number =>
  [...votes].reduce((best, vote) => (vote[1] > best[1] ? vote : best))[0];

/** [query] class → how many of the k most similar rows have it, in the order of nearness; classes of none are left out. */
export function neighbourVotes(
  train: ArrayLike<number>,
  labels: ArrayLike<number>,
  asked: ArrayLike<number>,
  dim: number,
  k = 5,
): Map<number, number>[] {
  const rows = labels.length;
  const similar = cosines(asked, train, dim);
  return Array.from({ length: asked.length / dim }, (_, q) => {
    const own = similar.subarray(q * rows, (q + 1) * rows);
    const nearest: number[] = [];
    for (let i = 0; i < rows; i++) {
      if (nearest.length === k && own[i]! <= own[nearest[k - 1]!]!) continue;
      const at = nearest.findIndex((other) => own[i]! > own[other]!);
      nearest.splice(at < 0 ? nearest.length : at, 0, i);
      if (nearest.length > k) nearest.pop();
    }
    const votes = new Map<number, number>();
    for (const i of nearest) votes.set(labels[i]!, (votes.get(labels[i]!) ?? 0) + 1);
    return votes;
  });
}
