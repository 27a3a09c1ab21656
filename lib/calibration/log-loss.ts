/** Negative log-likelihood: what the truth would have been worth in surprise. */
import { checkLabels, type ClassTable } from "./class-table";

/** −mean ln p_y, in nats; Infinity where the truth was called impossible. */
export function logLoss(probabilities: ClassTable, labels: ArrayLike<number>): number {
  checkLabels("logLoss", probabilities, labels);
  const { windows, classes, values } = probabilities;
  let sum = 0;
  for (let i = 0; i < windows; i++) sum -= Math.log(values[i * classes + labels[i]!]!);
  return sum / windows;
}

/** The same of logits at a temperature, by log-sum-exp: exact where a probability would be rounded to 0. */
export function logitLoss(logits: ClassTable, labels: ArrayLike<number>, temperature = 1): number {
  checkLabels("logitLoss", logits, labels);
  const { windows, classes, values } = logits;
  let sum = 0;
  for (let i = 0; i < windows; i++) {
    const start = i * classes;
    let top = -Infinity;
    for (let k = start; k < start + classes; k++) if (values[k]! > top) top = values[k]!;
    let total = 0;
    for (let k = start; k < start + classes; k++) total += Math.exp((values[k]! - top) / temperature);
    sum += Math.log(total) + (top - values[start + labels[i]!]!) / temperature;
  }
  return sum / windows;
}
