/** Vector scaling: a factor and a shift for each class. */
import type { CalibrationAnswers } from "./answers";
import { calibratorOf, checkFitted, type Calibrator } from "./calibrator";
import type { ClassTable } from "./class-table";
import { probabilitiesOf } from "./probabilities";
import { fitRidged, type ScalingOptions } from "./ridged-scaling";

/**
 * softmax(w ⊙ z + b) with the least mean negative log-likelihood + λ (|w − 1|² + |b|²) (Guo et al. 2017, with a ridge). May
 * change answers.
 *
 * @throws of no windows
 */
export function fitVectorScaling(
  answers: CalibrationAnswers,
  { ridge = 1e-2, ...options }: ScalingOptions = {},
): Calibrator {
  checkFitted("fitVectorScaling", answers);
  const { classes } = answers.logits;
  const best = fitRidged(
    answers,
    {
      unchanged: Float64Array.from({ length: 2 * classes }, (_, i) => (i < classes ? 1 : 0)),
      scale: scaled,
      addGradient: (gradient, z, errors) => {
        for (let k = 0; k < classes; k++) {
          gradient[k]! += errors[k]! * z[k]!;
          gradient[classes + k]! += errors[k]!;
        }
      },
    },
    ridge,
  );
  return calibratorOf(
    answers,
    {
      name: "vector scaling",
      parameters: { factor: [...best.subarray(0, classes)], shift: [...best.subarray(classes)] },
      correct: (asked) => probabilitiesOf(scaled(asked, best)),
    },
    options,
  );
}

/** @param x the factors, then the shifts */
function scaled({ windows, classes, values }: ClassTable, x: Float64Array): ClassTable {
  const out = new Float64Array(values.length);
  for (let i = 0; i < windows; i++)
    for (let k = 0; k < classes; k++)
      out[i * classes + k] = values[i * classes + k]! * x[k]! + x[classes + k]!;
  return { windows, classes, values: out };
}
