/** Does a score tell two kinds of windows apart, whatever threshold is chosen? */

/**
 * P(score of a strange one > score of a known one) + ½ P(equal): the area under the curve of true against false alarms;
 * 0.5 of a coin, NaN where either kind is missing.
 *
 * @param known scores of windows like those learned from
 * @param strange scores of the others, which should be larger
 */
export function auroc(known: ArrayLike<number>, strange: ArrayLike<number>): number {
  const [plain, odd] = [sorted(known), sorted(strange)];
  let [below, equal, wins] = [0, 0, 0]; // known ones below and at the score of a strange one
  for (const score of odd) {
    for (; below < plain.length && plain[below]! < score; below++) equal = Math.max(0, equal - 1);
    while (below + equal < plain.length && plain[below + equal] === score) equal += 1;
    wins += below + equal / 2;
  }
  return wins / (plain.length * odd.length);
}

function sorted(scores: ArrayLike<number>): Float64Array {
  const levels = Float64Array.from(scores).sort();
  if (Number.isNaN(levels.at(-1)))
    throw new Error("auroc: expected scores, got NaN; look for it where they were made");
  return levels;
}
