/** Does a score tell two kinds of windows apart, whatever threshold is chosen? */
import { sortOrder } from "./sort-order";

/**
 * P(score of a strange one > score of a known one) + ½ P(equal): the area under the curve of true against false alarms;
 * 0.5 of a coin, NaN where either kind is missing.
 *
 * @param known scores of windows like those learned from
 * @param strange scores of the others, which should be larger
 */
export function auroc(known: ArrayLike<number>, strange: ArrayLike<number>): number {
  const n = known.length;
  const all = new Float64Array(n + strange.length);
  all.set(known);
  all.set(strange, n);
  const order = sortOrder(all);
  let [below, wins, at] = [0, 0, 0];
  while (at < order.length) {
    const value = all[order[at]!]!;
    let [knownHere, strangeHere] = [0, 0];
    for (; at < order.length && all[order[at]!]! === value; at++)
      if (order[at]! < n) knownHere += 1;
      else strangeHere += 1;
    wins += strangeHere * (below + knownHere / 2);
    below += knownHere;
  }
  return wins / (n * strange.length);
}
