/** Calibrating each class against all others, and putting the classes together again. */
import type { CalibrationAnswers } from "./answers";
import type { ClassTable } from "./class-table";
import { oneAgainstAll } from "./classwise-error";
import { probabilitiesOf } from "./probabilities";

/** Of one class: promise → what comes. */
export type Curve = (promise: number) => number;

export interface OneAgainstRest {
  /** logits → probabilities */
  readonly correct: (logits: ClassTable) => ClassTable;
  /** λ of (1 − λ) p + λ q: how much of the correction q is kept. */
  readonly share: number;
}

/**
 * q_k ∝ curve_k(p_k) (Zadrozny & Elkan 2002; all q equal where every curve says 0), then (1 − λ) p + λ q with the λ in [0, 1]
 * that is likeliest on the windows of the fit. A curve that says 0 would make the loss infinite where it is wrong, and
 * nothing in these methods prevents it; the mixture is never worse there than no correction, and λ = 0 is none.
 */
export function againstRest(
  { logits, labels }: CalibrationAnswers,
  fitCurve: (promised: Float64Array, came: Uint8Array) => Curve,
): OneAgainstRest {
  const before = probabilitiesOf(logits);
  const curves = Array.from({ length: logits.classes }, (_, k) =>
    fitCurve(...oneAgainstAll(before, labels, k)),
  );
  const after = bend(before, curves);
  const truth = (table: ClassTable): Float64Array =>
    Float64Array.from(labels, (label, i) => table.values[i * table.classes + label]!);
  const share = likeliestShare(truth(before), truth(after));
  return {
    share,
    correct: (asked) => {
      const plain = probabilitiesOf(asked);
      const bent = bend(plain, curves);
      return { ...plain, values: plain.values.map((p, i) => (1 - share) * p + share * bent.values[i]!) };
    },
  };
}

function bend({ windows, classes, values }: ClassTable, curves: readonly Curve[]): ClassTable {
  const out = new Float64Array(values.length);
  for (let i = 0; i < windows; i++) {
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += out[i * classes + k] = curves[k]!(values[i * classes + k]!);
    for (let k = 0; k < classes; k++) {
      const at = i * classes + k;
      out[at] = sum > 0 ? out[at]! / sum : 1 / classes;
    }
  }
  return { windows, classes, values: out };
}

/** λ in [0, 1] with the largest Σ ln((1 − λ) p + λ q), which is concave: halved by the sign of its slope. */
function likeliestShare(p: Float64Array, q: Float64Array): number {
  const slope = (share: number): number =>
    p.reduce((sum, before, i) => sum + (q[i]! - before) / ((1 - share) * before + share * q[i]!), 0);
  if (!(slope(0) > 0)) return 0;
  if (slope(1) >= 0) return 1;
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (slope(middle) > 0) low = middle;
    else high = middle;
  }
  return low;
}
