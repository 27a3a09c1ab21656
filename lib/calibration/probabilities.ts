/** From logits to probabilities, for many windows, at a temperature. */
import type { ClassTable } from "./class-table";

/**
 * p_k = exp(z_k / T) / Σⱼ exp(z_j / T) of each window; a temperature above 1 makes a model less sure, and never changes
 * which class is the largest.
 *
 * @param logits [window, class]
 */
export function probabilitiesOf({ windows, classes, values }: ClassTable, temperature = 1): ClassTable {
  const out = new Float64Array(values.length);
  for (let start = 0; start < values.length; start += classes) {
    let top = -Infinity;
    for (let k = start; k < start + classes; k++) if (values[k]! > top) top = values[k]!;
    let sum = 0;
    for (let k = start; k < start + classes; k++) sum += out[k] = Math.exp((values[k]! - top) / temperature);
    for (let k = start; k < start + classes; k++) out[k]! /= sum;
  }
  return { windows, classes, values: out };
}
