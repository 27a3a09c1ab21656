/** Predictive entropy: how many classes are still in question. */
import type { ClassTable } from "./class-table";

/** [window]: −Σ_k p_k ln p_k, 0 … ln K. */
export function entropies({ windows, classes, values }: ClassTable): Float64Array {
  const out = new Float64Array(windows);
  for (let i = 0; i < windows; i++) {
    let sum = 0;
    for (let k = i * classes; k < (i + 1) * classes; k++)
      if (values[k]! > 0) sum -= values[k]! * Math.log(values[k]!);
    out[i] = sum;
  }
  return out;
}
