/** What methods on window statistics share: the leak audit, both scales, and training rows with sensors removed. */
import type { Batch } from "../data/gather-batch";
import { gatherBatch } from "../data/gather-batch";
import type { Fold } from "../data/fold";
import { leakAudit, refuseLeak } from "../data/leak-audit";
import { fitScaler } from "../data/scaler";
import { statisticsWindows } from "../data/statistics-windows";
import type { Windows } from "../data/windows";
import { randomFor } from "../random";
import { dropModalities } from "../train/augment";
import { labelsOf, trainedClasses } from "../train/labels";
import { rowsOf, type StatisticsScale } from "../train/statistics-rows";

export interface PreparedStatistics {
  /** The windows of training and stopping as vectors, not yet scaled. */
  readonly statistics: Windows;
  readonly scale: StatisticsScale;
}

/** @throws where the split leaks and is not the one that leaks on purpose, or training lacks a class */
export function prepareStatistics(windows: Windows, fold: Fold): PreparedStatistics {
  refuseLeak(leakAudit(windows, fold), fold.split === "random");
  trainedClasses(windows, fold);
  const samples = fitScaler(windows, fold);
  const known = Int32Array.from([...fold.train, ...fold.stop]);
  const statistics = statisticsWindows(windows, samples, known);
  return { statistics, scale: { samples, statistics: fitScaler(statistics, fold) } };
}

export interface TrainingRows {
  /** [window][feature] */
  readonly rows: readonly Float32Array[];
  /** [window] */
  readonly labels: Int32Array;
}

/** Each training window once, its sensors removed at the rate at which a network's training removes them. */
export function trainingRows(
  { statistics, scale }: PreparedStatistics,
  { train }: Pick<Fold, "train">,
  modalityDropout: number,
  seed: number,
): TrainingRows {
  const batch: Batch = gatherBatch(statistics, train, { scaler: scale.statistics });
  dropModalities(batch, statistics.names, modalityDropout, randomFor(seed, "modality dropout"));
  return { rows: rowsOf(batch, statistics.names), labels: labelsOf(statistics, train) };
}
