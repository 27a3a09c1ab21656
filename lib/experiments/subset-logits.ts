/** What one trained model answers when only some of its sensors are left. */
import type { Batch } from "../data/gather-batch";
import type { Fold } from "../data/fold";
import type { Windows } from "../data/windows";
import { subsetsOf } from "../metrics/subsets";
import { logFrequencies } from "../train/answer-unheard";
import { labelsOf } from "../train/labels";
import type { Predictor } from "../train/predict";

/** [window, class] of the fold's parts, in the order of its indices. */
export interface PartLogits {
  readonly calibration: readonly Float32Array[];
  readonly test: readonly Float32Array[];
}

export interface SubsetLogits extends PartLogits {
  /** The modalities that are left, in the order of the presence axis. */
  readonly present: readonly string[];
}

export interface ModelLogits {
  /** [window]: which windows the rows are of. */
  readonly parts: Readonly<Record<"calibration" | "test", Int32Array>>;
  /** All 2^M sets, the empty one first, the full one last. */
  readonly subsets: readonly SubsetLogits[];
}

/**
 * A sensor is absent as the data say it: by presence. Of the empty set no model is asked: without any sensor the
 * frequencies of the classes in training are all that is known.
 */
export async function subsetLogits(
  predict: Predictor,
  windows: Windows,
  fold: Fold,
  classes: number,
): Promise<ModelLogits> {
  const subsets: SubsetLogits[] = [];
  const prior = logFrequencies(labelsOf(windows, fold.train), classes);
  for (const present of subsetsOf(windows.names)) {
    const edit = (batch: Batch): void => keepOnly(batch, windows.names, present);
    const ask = async (part: Int32Array): Promise<Float32Array[]> =>
      present.length === 0 ? Array.from(part, () => prior) : predict(windows, part, { edit });
    subsets.push({ present, calibration: await ask(fold.calibration), test: await ask(fold.test) });
  }
  return { parts: { calibration: fold.calibration, test: fold.test }, subsets };
}

/** Presence of all others becomes 0, in place. */
export function keepOnly({ inputs }: Batch, names: readonly string[], present: readonly string[]): void {
  const { values } = inputs["presence"]!;
  for (let i = 0; i < values.length; i++) if (!present.includes(names[i % names.length]!)) values[i] = 0;
}
