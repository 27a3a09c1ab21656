/** How a trained model does when its sensors fail without being absent. */
import type { Fault } from "../data/fault";
import type { Scaler } from "../data/scaler";
import { withFault } from "../data/with-fault";
import type { Windows } from "../data/windows";
import { labelsOf } from "../train/labels";
import type { Predictor } from "../train/predict";
import type { Result } from "./result";
import { scoresUnder } from "./subset-scores";

export interface Stressed {
  readonly predict: Predictor;
  readonly scaler: Scaler;
  readonly windows: Windows;
  readonly asked: Int32Array;
  /** The same for all methods, so that all meet the same faults. */
  readonly seed: number;
}

/** One fault at a time. */
export async function faultScores(
  { predict, scaler, windows, asked, seed }: Stressed,
  faults: readonly Fault[],
): Promise<Result["faults"]> {
  const truth = labelsOf(windows, asked);
  const subject = Array.from(asked, (w) => windows.subject[w]!);
  const rows: Result["faults"] = [];
  for (const fault of faults) {
    const logits = await predict(withFault(windows, asked, fault, { scaler, seed }), asked);
    const { subjects } = scoresUnder(logits, truth, subject);
    rows.push({ ...fault, subjects });
  }
  return rows;
}
