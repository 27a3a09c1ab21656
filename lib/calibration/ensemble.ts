/** Several models, or one model several times: what they say together, and how much of the doubt is between them. */
import type { ClassTable } from "./class-table";
import { entropies } from "./entropy";

/**
 * The mean of their probabilities (Lakshminarayanan et al. 2017). Of the log-likelihood it is never below the mean of the
 * members', as ln is concave.
 *
 * @throws of none, or of different windows or classes
 */
export function meanProbabilities(members: readonly ClassTable[]): ClassTable {
  const [first] = members;
  if (!first)
    throw new Error("meanProbabilities: expected 1 or more members, got none; train with several seeds");
  const values = new Float64Array(first.values.length);
  for (const member of members) {
    if (member.windows !== first.windows || member.classes !== first.classes)
      throw new Error(
        `meanProbabilities: expected [window=${first.windows}, class=${first.classes}], got [${member.windows}, ${member.classes}]; ask all members about the same windows`,
      );
    for (let i = 0; i < values.length; i++) values[i]! += member.values[i]! / members.length;
  }
  return { ...first, values };
}

export interface Doubt {
  /** [window]: entropy of the mean, nats. */
  readonly total: Float64Array;
  /** [window]: mean of the members' entropies: doubt that each of them has. */
  readonly expected: Float64Array;
  /** [window]: total − expected, the mutual information of answer and member: doubt about which of them is right. */
  readonly between: Float64Array;
}

/** Houlsby et al. 2011; Depeweg et al. 2018. */
export function doubtOf(members: readonly ClassTable[]): Doubt {
  const total = entropies(meanProbabilities(members));
  const expected = new Float64Array(total.length);
  for (const member of members)
    entropies(member).forEach((entropy, i) => (expected[i]! += entropy / members.length));
  // never below 0 but for rounding
  return { total, expected, between: total.map((h, i) => Math.max(0, h - expected[i]!)) };
}
