/** If a model may stay silent where it is unsure, how often is it wrong when it speaks? */

export interface RiskCoverage {
  /** [k]: share of errors among the k + 1 most confident windows, so at coverage (k + 1) / n. */
  readonly risk: Float64Array;
  /** The mean over k: area under the risk-coverage curve (Geifman et al. 2019). */
  readonly aurc: number;
  /** Above what the best order of the same answers has: 0 where every error is less sure than every hit. */
  readonly excess: number;
}

/**
 * Of windows that are equally sure none is the first: each place among them holds their mean, so that the order in which
 * windows are given does not matter.
 *
 * @param confidence [window]
 * @param right [window]: 1 or 0
 */
export function riskCoverage(confidence: Float64Array, right: ArrayLike<number>): RiskCoverage {
  const n = confidence.length;
  if (right.length !== n)
    throw new Error(
      `riskCoverage: expected a verdict for each of ${n} confidences, got ${right.length}; take both from the same windows`,
    );
  // from the surest on, two lists side by side: sorting numbers alone is faster than sorting places
  const [hits, misses] = [levelsOf(confidence, right, 1), levelsOf(confidence, right, 0)];
  const risk = new Float64Array(n);
  let [errors, done, sum] = [0, 0, 0];
  for (let hit = hits.length - 1, miss = misses.length - 1; done < n;) {
    const level = miss < 0 || hits[hit]! > misses[miss]! ? hits[hit]! : misses[miss]!;
    let [equals, wrong] = [0, 0];
    for (; hit >= 0 && hits[hit] === level; hit--) equals += 1;
    for (; miss >= 0 && misses[miss] === level; miss--) wrong += 1;
    equals += wrong;
    for (let j = 1; j <= equals; j++) {
      risk[done + j - 1] = (errors + (wrong * j) / equals) / (done + j);
      sum += risk[done + j - 1]!;
    }
    errors += wrong;
    done += equals;
  }
  let best = 0;
  for (let k = n - errors + 1; k <= n; k++) best += (k - (n - errors)) / k;
  return { risk, aurc: sum / n, excess: (sum - best) / n };
}

/** The confidences that have this verdict, increasing. */
function levelsOf(confidence: Float64Array, right: ArrayLike<number>, verdict: 0 | 1): Float64Array {
  const levels = new Float64Array(confidence.length);
  let count = 0;
  for (let i = 0; i < confidence.length; i++) if (right[i] === verdict) levels[count++] = confidence[i]!;
  const sorted = levels.subarray(0, count).sort();
  if (Number.isNaN(sorted[count - 1]))
    throw new Error(
      "riskCoverage: expected confidences, got NaN; look for it where the probabilities were made",
    );
  return sorted;
}

/** Accuracy where only this share of the windows, the most confident, is answered; at least one. */
export function selectiveAccuracy({ risk }: Pick<RiskCoverage, "risk">, coverage: number): number {
  const asked = Math.min(risk.length, Math.max(1, Math.round(coverage * risk.length)));
  return 1 - risk[asked - 1]!;
}

/** The largest share that can be answered with at most this risk; 0 where none can. */
export function coverageAt({ risk }: Pick<RiskCoverage, "risk">, allowed: number): number {
  for (let k = risk.length - 1; k >= 0; k--) if (risk[k]! <= allowed) return (k + 1) / risk.length;
  return 0;
}
