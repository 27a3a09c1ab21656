/** What can be read off embeddings: a linear model, neighbours, and a number. */
import { macroAuroc } from "../metrics/auroc";
import { calibrationError } from "../metrics/calibration-error";
import { confusionMatrix } from "../metrics/confusion";
import { macroF1 } from "../metrics/macro-f1";
import { commonest, neighbourVotes } from "../metrics/nearest-neighbours";
import { meanAbsoluteError, pearson } from "../metrics/pearson";
import { fitLogisticRegression, logisticProbabilities } from "../train/logistic-regression";
import { fitRidge, ridgePredictions } from "../train/ridge";
import { finite, type McaScores } from "./mca-result";

/** Probabilities [row, class], and what else is asked. */
export interface McaAnswers {
  readonly probabilities: Float64Array;
  /** [row] class → votes of the five nearest training embeddings, where somebody asks; of contrastive networks alone. */
  readonly neighbours?: () => readonly ReadonlyMap<number, number>[];
  /** [row] */
  readonly factor?: Float64Array;
}

export interface Probes {
  answer(features: Float32Array): McaAnswers;
}

/**
 * Fitted on training embeddings alone. Classes that training lacks get probability 0.
 *
 * @param features [row, dim]
 * @param factor [row], where there is one
 */
export function fitProbes(
  features: Float32Array,
  labels: Int32Array,
  classes: number,
  dim: number,
  factor: Float64Array | undefined,
): Probes {
  const known = [...new Set(labels)].sort((a, b) => a - b);
  const numbered = labels.map((label) => known.indexOf(label));
  const linear = fitLogisticRegression(
    { features, labels: numbered, classes: known.length },
    { l2: 1, steps: 300, tolerance: 1e-3 },
  );
  const line = factor && fitRidge(features, factor);
  return {
    answer(asked) {
      const some = logisticProbabilities(linear, asked);
      const rows = asked.length / dim;
      const probabilities = new Float64Array(rows * classes);
      for (let i = 0; i < rows; i++)
        known.forEach((c, k) => (probabilities[i * classes + c] = some[i * known.length + k]!));
      return {
        probabilities,
        neighbours: () => neighbourVotes(features, labels, asked, dim),
        ...(line && { factor: ridgePredictions(line, asked) }),
      };
    },
  };
}

function neighbourScores(
  neighbours: McaAnswers["neighbours"],
  labels: Int32Array,
  classes: number,
): Pick<McaScores, "neighboursF1" | "neighboursAuroc"> {
  if (!neighbours) return { neighboursF1: null, neighboursAuroc: null };
  const each = neighbours();
  const votes = Float64Array.from(
    { length: labels.length * classes },
    (_, at) => each[Math.floor(at / classes)]!.get(at % classes) ?? 0,
  );
  const said = Int32Array.from(each, commonest);
  return {
    neighboursF1: finite(macroF1(confusionMatrix(labels, said, classes), "truth")),
    neighboursAuroc: finite(macroAuroc(votes, labels, classes)),
  };
}

/** [row] the most probable class; the first of equals. */
export function mostProbable(probabilities: Float64Array, classes: number): Int32Array {
  return Int32Array.from({ length: probabilities.length / classes }, (_, i) => {
    const row = probabilities.subarray(i * classes, (i + 1) * classes);
    return row.indexOf(row.reduce((a, b) => Math.max(a, b)));
  });
}

/** @param labels, factor of the rows that were asked */
export function scoresOf(
  { probabilities, neighbours, factor: told }: McaAnswers,
  labels: Int32Array,
  classes: number,
  factor: Float64Array | undefined,
): McaScores {
  const guess = mostProbable(probabilities, classes);
  const right = guess.map((g, i) => Number(g === labels[i]));
  const sure = Float64Array.from(guess, (g, i) => probabilities[i * classes + g]!);
  return {
    samples: labels.length,
    accuracy: finite(right.reduce((a, b) => a + b, 0) / right.length),
    macroF1: finite(macroF1(confusionMatrix(labels, guess, classes), "truth")),
    auroc: finite(macroAuroc(probabilities, labels, classes)),
    calibrationError: finite(calibrationError(sure, right)),
    ...neighbourScores(neighbours, labels, classes),
    factor: told && factor ? { l1: meanAbsoluteError(told, factor), pearson: pearson(told, factor) } : null,
  };
}
