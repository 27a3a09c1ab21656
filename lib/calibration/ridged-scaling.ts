/** The likeliest change of logits among those that stay near to none: what vector and matrix scaling share. */
import type { CalibrationAnswers } from "./answers";
import type { FitOptions } from "./calibrator";
import { type ClassTable, rowOf } from "./class-table";
import { minimise } from "./minimise";
import { probabilitiesOf } from "./probabilities";

export interface ScalingOptions extends FitOptions {
  /** λ: how dear it is to leave things as they are; a shift for a class that was never there is kept in bounds by it. */
  readonly ridge?: number;
}

/** A family of changes, by its parameters. */
export interface Scaling {
  /** Parameters that change nothing. */
  readonly unchanged: Float64Array;
  /** [window, class] of logits → of logits */
  readonly scale: (logits: ClassTable, parameters: Float64Array) => ClassTable;
  /** Adds to the gradient what one window gives: `errors` are the slopes of its loss in its scaled logits, both [class]. */
  readonly addGradient: (gradient: Float64Array, logits: Float64Array, errors: Float64Array) => void;
}

/**
 * The parameters with the least mean negative log-likelihood + λ |parameters − unchanged|². Convex; starts where nothing is
 * changed and costs nothing, and only goes down, so that the likelihood is never worse than before.
 */
export function fitRidged(
  { logits, labels }: CalibrationAnswers,
  { unchanged, scale, addGradient }: Scaling,
  ridge: number,
): Float64Array {
  const errors = new Float64Array(logits.classes);
  return minimise((x, gradient) => {
    const probabilities = probabilitiesOf(scale(logits, x));
    gradient.fill(0);
    let loss = 0;
    for (let i = 0; i < logits.windows; i++) {
      const p = rowOf(probabilities, i);
      const label = labels[i]!;
      loss -= Math.log(Math.max(p[label]!, 1e-300)) / logits.windows;
      for (let k = 0; k < errors.length; k++) errors[k] = (p[k]! - (k === label ? 1 : 0)) / logits.windows;
      addGradient(gradient, rowOf(logits, i), errors);
    }
    for (let j = 0; j < x.length; j++) {
      const away = x[j]! - unchanged[j]!;
      loss += ridge * away * away;
      gradient[j]! += 2 * ridge * away;
    }
    return loss;
  }, unchanged);
}
