/** A temperature for each set of sensors that may be left: with fewer a model is wrong more often, and seldom knows it. */
import type { CalibrationAnswers } from "./answers";
import { calibratorOf, type Calibrator, checkFitted, type FitOptions } from "./calibrator";
import { probabilitiesOf } from "./probabilities";
import { bestTemperature } from "./temperature";

export interface SubsetAnswers {
  /** The sensors that are left, in the order of the presence axis. */
  readonly present: readonly string[];
  readonly answers: CalibrationAnswers;
}

export interface SubsetTemperature {
  /** @throws where the set was not fitted on */
  of(present: readonly string[]): Calibrator;
}

/**
 * For each set its own T, by the answers to the same windows with that set.
 *
 * @throws of no windows, or where a set is given twice
 */
export function fitSubsetTemperature(
  subsets: readonly SubsetAnswers[],
  options: FitOptions = {},
): SubsetTemperature {
  const fitted = new Map<string, Calibrator>();
  for (const { present, answers } of subsets) {
    const name = nameOf(present);
    checkFitted("fitSubsetTemperature", answers);
    if (fitted.has(name))
      throw new Error(`fitSubsetTemperature: expected each set once, got ${name} twice; give all of one run`);
    const temperature = bestTemperature(answers.logits, answers.labels);
    fitted.set(
      name,
      calibratorOf(
        answers,
        {
          name: `temperature with ${name}`,
          parameters: { temperature },
          correct: (logits) => probabilitiesOf(logits, temperature),
        },
        options,
      ),
    );
  }
  return {
    of(present) {
      const found = fitted.get(nameOf(present));
      if (found) return found;
      throw new Error(
        `fitSubsetTemperature: expected one of [${[...fitted.keys()].join(", ")}], got ${nameOf(present)}; fit on that set too, its sensors in the same order`,
      );
    },
  };
}

const nameOf = (present: readonly string[]): string => present.join("+") || "none";
