/** Is a positive more often above a negative than not? */

/**
 * P(score of a positive > score of a negative) + ½ P(equal): Mann and Whitney's U over pairs; NaN where one of both is lacking.
 *
 * @param scores [sample]
 * @param positive [sample]; 1 or 0
 */
export function auroc(scores: ArrayLike<number>, positive: ArrayLike<number>): number {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  let [rankSum, positives] = [0, 0];
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to += 1;
    const rank = (from + 1 + to) / 2; // of all that tie
    for (let i = from; i < to; i++)
      if (positive[order[i]!]) {
        rankSum += rank;
        positives += 1;
      }
    from = to;
  }
  const negatives = scores.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Mean over classes that occur, and that not all are of, of each against the rest. @param scores [sample, class] */
export function macroAuroc(scores: ArrayLike<number>, labels: ArrayLike<number>, classes: number): number {
  const each = Array.from({ length: classes }, (_, c) =>
    auroc(
      Array.from({ length: labels.length }, (_, i) => scores[i * classes + c]!),
      Array.from({ length: labels.length }, (_, i) => Number(labels[i] === c)),
    ),
  ).filter((x) => !Number.isNaN(x));
  return each.reduce((a, b) => a + b, 0) / each.length;
}
