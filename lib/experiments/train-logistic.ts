/** Logistic regression on window statistics, trained on a fold. */
import { fitLogisticRegression, logisticProbabilities } from "../train/logistic-regression";
import { rowsOf, statisticsPredictor } from "../train/statistics-rows";
import { prepareStatistics, trainingRows } from "./train-statistics";
import type { Trainer } from "./trained-model";

export const trainLogistic: Trainer<"logistic"> = ({ preset, windows, fold, seed }, classes) => {
  const prepared = prepareStatistics(windows, fold);
  const { rows, labels } = trainingRows(prepared, fold, preset.modalityDropout, seed);
  const regression = fitLogisticRegression({ features: joined(rows), labels, classes }, { l2: preset.l2 });
  const predict = statisticsPredictor(windows.names, prepared.scale, (batch) => {
    const answers = rowsOf(batch, windows.names);
    const probabilities = logisticProbabilities(regression, joined(answers));
    return answers.map((_, i) =>
      Float32Array.from(probabilities.subarray(i * classes, (i + 1) * classes), atLeast),
    );
  });
  return {
    ...{ predict, scaler: prepared.scale.samples, parameters: regression.weights.length },
    ...{ history: [], bestEpoch: 0, dispose: () => {} },
  };
};

/** log p, finite also where p has run out of digits. */
const atLeast = (p: number): number => Math.log(Math.max(p, 1e-30));

function joined(rows: readonly Float32Array[]): Float32Array {
  const width = rows[0]!.length;
  const all = new Float32Array(rows.length * width);
  rows.forEach((row, i) => all.set(row, i * width));
  return all;
}
