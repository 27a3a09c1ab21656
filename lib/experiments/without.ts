/** What a sensor is worth to a trained model: its scores on the same test windows when that sensor is absent. */
import type { Batch } from "../data/gather-batch";
import type { Windows } from "../data/windows";
import { confusionMatrix } from "../metrics/confusion";
import { scoresOf } from "../metrics/by-subject";
import { decide } from "../train/evaluate";
import { labelsOf } from "../train/labels";
import type { Predictor } from "../train/predict";

export interface ScoreWithout {
  readonly modality: string;
  readonly accuracy: number;
  readonly macroF1: number;
}

/** One row for each modality; none where there is only one. The sensor is absent as the data say it: by presence. */
export async function scoresWithout(
  predict: Predictor,
  windows: Windows,
  indices: Int32Array,
  classes: number,
): Promise<ScoreWithout[]> {
  const rows: ScoreWithout[] = [];
  if (windows.names.length < 2) return rows;
  for (const [m, modality] of windows.names.entries()) {
    const edit = (batch: Batch): void => remove(batch, m, windows.names.length);
    const logits = await predict(windows, indices, { edit });
    const confusion = confusionMatrix(labelsOf(windows, indices), decide(logits), classes);
    const { accuracy, macroF1 } = scoresOf(confusion);
    rows.push({ modality, accuracy, macroF1 });
  }
  return rows;
}

function remove({ inputs }: Batch, modality: number, modalities: number): void {
  const { values } = inputs["presence"]!;
  for (let at = modality; at < values.length; at += modalities) values[at] = 0;
}
