/** How a trained model does when its sensors fail without being absent. */
import { faultSurvey } from "../data/fault";
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

/** Each fault of the survey on each sensor, one at a time. */
export async function faultScores(stressed: Stressed): Promise<Result["faults"]> {
  const { predict, scaler, windows, asked, seed } = stressed;
  const truth = labelsOf(windows, asked);
  const subject = Array.from(asked, (w) => windows.subject[w]!);
  const rows: Result["faults"] = [];
  for (const fault of faultSurvey(windows.names)) {
    const logits = await predict(withFault(windows, asked, fault, { scaler, seed }), asked);
    const { subjects } = scoresUnder(logits, truth, subject);
    rows.push({ ...fault, subjects });
  }
  return rows;
}
