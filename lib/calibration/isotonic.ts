/** Isotonic regression: a larger promise never means less. */
import type { CalibrationAnswers } from "./answers";
import { calibratorOf, checkFitted, type Calibrator, type FitOptions } from "./calibrator";
import { againstRest } from "./one-against-rest";
import { climb, poolAdjacentViolators } from "./pool-adjacent-violators";

/**
 * Of each class against all others a rising staircase (Zadrozny & Elkan 2002). Mixed as `againstRest` says. May change
 * answers, since each class has its own.
 *
 * @throws of no windows
 */
export function fitIsotonic(answers: CalibrationAnswers, options: FitOptions = {}): Calibrator {
  checkFitted("fitIsotonic", answers);
  const stairs: number[] = [];
  const { correct, share } = againstRest(answers, (promised, came) => {
    const fitted = poolAdjacentViolators(promised, came);
    stairs.push(fitted.length);
    return (promise) => climb(fitted, promise);
  });
  return calibratorOf(answers, { name: "isotonic", parameters: { share, stairs }, correct }, options);
}
