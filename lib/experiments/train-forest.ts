/** A random forest on window statistics, trained on a fold. */
import { fitForest, forestProbabilities, forestSize } from "../train/forest";
import { rowsOf, statisticsPredictor } from "../train/statistics-rows";
import { prepareStatistics, trainingRows } from "./train-statistics";
import type { Trainer } from "./trained-model";

export const trainForest: Trainer<"forest"> = ({ preset, windows, fold, seed }, classes) => {
  const { trees, leaf, modalityDropout } = preset;
  const prepared = prepareStatistics(windows, fold);
  const { rows, labels } = trainingRows(prepared, fold, modalityDropout, seed);
  const forest = fitForest({ rows, labels, classes }, { trees, leaf, seed });
  const predict = statisticsPredictor(windows.names, prepared.scale, (batch) =>
    rowsOf(batch, windows.names).map((row) =>
      Float32Array.from(forestProbabilities(forest, row), (p) => Math.log(p)),
    ),
  );
  return {
    ...{ predict, scaler: prepared.scale.samples, parameters: forestSize(forest) },
    ...{ history: [], bestEpoch: 0, dispose: () => {} },
  };
};
