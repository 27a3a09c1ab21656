/** Standardised statistics as one row a window, and a predictor that makes them of a batch as a failed sensor left it. */
import { setImmediate } from "node:timers/promises";
import { type Batch, gatherBatch } from "../data/gather-batch";
import type { Scaler } from "../data/scaler";
import { statisticsBatch } from "../data/statistics-windows";
import type { Windows } from "../data/windows";
import type { Predictor } from "./predict";

export interface StatisticsScale {
  /** Of samples: what `edit` sees is what it would see of a network's batch. */
  readonly samples: Scaler;
  /** Of their statistics, from the training windows that have them. */
  readonly statistics: Scaler;
}

/** Statistics of a batch of scaled samples, standardised: 0, the mean in training, where one was not measured. */
export function scaledStatistics(batch: Batch, names: readonly string[], scaler: Scaler): Batch {
  const statistics = statisticsBatch(batch, names);
  for (const name of names) {
    const { mean, deviation } = scaler[name]!;
    const { values } = statistics.inputs[`${name}_values`]!;
    const observed = statistics.inputs[`${name}_validity`]!.values;
    values.forEach((x, i) => {
      const f = i % mean.length;
      values[i] = observed[i] ? (x - mean[f]!) * (1 / deviation[f]!) : 0;
    });
  }
  return statistics;
}

/** [window, feature]: the modalities' statistics side by side, then presence [modality], so that a mean is not taken for a measurement. */
export function rowsOf({ inputs }: Batch, names: readonly string[]): Float32Array[] {
  const parts = [...names.map((name) => inputs[`${name}_values`]!), inputs["presence"]!];
  const count = parts[0]!.shape[0]!;
  const widths = parts.map(({ values }) => values.length / count);
  return Array.from({ length: count }, (_, w) => {
    const row = new Float32Array(widths.reduce((sum, width) => sum + width, 0));
    let at = 0;
    parts.forEach(({ values }, p) => {
      row.set(values.subarray(w * widths[p]!, (w + 1) * widths[p]!), at);
      at += widths[p]!;
    });
    return row;
  });
}

/**
 * A predictor of whatever answers rows of statistics.
 *
 * @param answer [window, class] logits of a batch of scaled statistics
 */
export function statisticsPredictor(
  names: readonly string[],
  scale: StatisticsScale,
  answer: (statistics: Batch) => readonly Float32Array[] | Promise<readonly Float32Array[]>,
  dispose: () => void = () => {},
  batchSize = 64,
): Predictor {
  const predict = async (
    windows: Windows,
    indices: ArrayLike<number>,
    {
      edit,
      signal,
    }: { readonly edit?: (batch: Batch) => void; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<Float32Array[] | undefined> => {
    const logits: Float32Array[] = [];
    for (let start = 0; start < indices.length; start += batchSize) {
      await setImmediate(); // an interrupt and a notebook's messages get their turn
      if (signal?.aborted) return undefined;
      const count = Math.min(batchSize, indices.length - start);
      // as a network's: the last batch repeats its last window
      const part = Int32Array.from({ length: batchSize }, (_, i) => indices[start + Math.min(i, count - 1)]!);
      const batch = gatherBatch(windows, part, { scaler: scale.samples });
      edit?.(batch);
      const rows = await answer(scaledStatistics(batch, names, scale.statistics));
      logits.push(...rows.slice(0, count));
    }
    return logits;
  };
  return Object.assign(predict as Predictor, { dispose });
}
