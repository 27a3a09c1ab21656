/** Temperature scaling: one number makes a model less sure, or surer, and changes no answer. */
import type { CalibrationAnswers } from "./answers";
import { calibratorOf, checkFitted, type Calibrator, type FitOptions } from "./calibrator";
import { checkLabels, type ClassTable } from "./class-table";
import { probabilitiesOf } from "./probabilities";

/** Where the best is at 0 or infinity, as for a model without an error, this is as far as we go. */
export const temperatureBounds = [0.01, 100] as const;

/**
 * The T > 0 whose softmax(z / T) has the least negative log-likelihood (Guo et al. 2017).
 *
 * In β = 1 / T the loss is convex, with the slope mean(Σ_k p_k z_k − z_y) and its derivative the mean variance of z under
 * p: Newton's steps, halved where they leave the bracket that the slope's sign has left.
 *
 * @returns T, between the bounds
 */
export function bestTemperature(
  logits: ClassTable,
  labels: ArrayLike<number>,
  [coldest, hottest]: readonly [number, number] = temperatureBounds,
): number {
  checkLabels("bestTemperature", logits, labels);
  let [low, high] = [1 / hottest, 1 / coldest];
  if (slopes(logits, labels, low).first >= 0) return hottest;
  if (slopes(logits, labels, high).first <= 0) return coldest;
  let beta = Math.min(high, Math.max(low, 1));
  for (let step = 0; step < 200; step++) {
    const { first, second } = slopes(logits, labels, beta);
    if (first > 0) high = beta;
    else low = beta;
    const newton = beta - first / second;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - beta) <= 4 * Number.EPSILON * beta) return 1 / next;
    beta = next;
  }
  return 1 / beta;
}

/** Of the mean loss in β, at β. */
function slopes(
  { windows, classes, values }: ClassTable,
  labels: ArrayLike<number>,
  beta: number,
): { first: number; second: number } {
  let [first, second] = [0, 0];
  for (let i = 0; i < windows; i++) {
    const start = i * classes;
    let top = -Infinity;
    for (let k = start; k < start + classes; k++) if (values[k]! > top) top = values[k]!;
    let [sum, mean, square] = [0, 0, 0];
    for (let k = start; k < start + classes; k++) {
      const z = values[k]! - top; // a shift of all logits changes neither slope
      const power = Math.exp(beta * z);
      sum += power;
      mean += power * z;
      square += power * z * z;
    }
    mean /= sum;
    first += mean - (values[start + labels[i]!]! - top);
    second += square / sum - mean * mean;
  }
  return { first: first / windows, second: second / windows };
}

/** @throws of no windows */
export function fitTemperature(answers: CalibrationAnswers, options: FitOptions = {}): Calibrator {
  checkFitted("fitTemperature", answers);
  const temperature = bestTemperature(answers.logits, answers.labels);
  return calibratorOf(
    answers,
    {
      name: "temperature",
      parameters: { temperature },
      correct: (logits) => probabilitiesOf(logits, temperature),
    },
    options,
  );
}
