/** Matrix scaling: each class's logit becomes a mixture of all. */
import type { CalibrationAnswers } from "./answers";
import { calibratorOf, checkFitted, type Calibrator } from "./calibrator";
import type { ClassTable } from "./class-table";
import { probabilitiesOf } from "./probabilities";
import { fitRidged, type ScalingOptions } from "./ridged-scaling";

/**
 * softmax(W z + b) with the least mean negative log-likelihood + λ (|W − I|² + |b|²). Without the ridge K (K + 1) numbers
 * are fitted to few windows of one or two people (Guo et al. 2017 found it to overfit; Kull et al. 2019 add a penalty off
 * the diagonal, ours holds all of it near doing nothing). May change answers.
 *
 * @throws of no windows
 */
export function fitMatrixScaling(
  answers: CalibrationAnswers,
  { ridge = 1e-2, ...options }: ScalingOptions = {},
): Calibrator {
  checkFitted("fitMatrixScaling", answers);
  const { classes } = answers.logits;
  const unchanged = new Float64Array(classes * (classes + 1)); // W by rows, then b
  for (let k = 0; k < classes; k++) unchanged[k * classes + k] = 1;
  const best = fitRidged(
    answers,
    {
      unchanged,
      scale: mixed,
      addGradient: (gradient, z, errors) => {
        for (let k = 0; k < classes; k++) {
          for (let j = 0; j < classes; j++) gradient[k * classes + j]! += errors[k]! * z[j]!;
          gradient[classes * classes + k]! += errors[k]!;
        }
      },
    },
    ridge,
  );
  return calibratorOf(
    answers,
    {
      name: "matrix scaling",
      parameters: {
        matrix: [...best.subarray(0, classes * classes)],
        shift: [...best.subarray(classes * classes)],
      },
      correct: (asked) => probabilitiesOf(mixed(asked, best)),
    },
    options,
  );
}

/** @param x W by rows, then b */
function mixed({ windows, classes, values }: ClassTable, x: Float64Array): ClassTable {
  const out = new Float64Array(values.length);
  for (let i = 0; i < windows; i++)
    for (let k = 0; k < classes; k++) {
      let sum = x[classes * classes + k]!;
      for (let j = 0; j < classes; j++) sum += x[k * classes + j]! * values[i * classes + j]!;
      out[i * classes + k] = sum;
    }
  return { windows, classes, values: out };
}
