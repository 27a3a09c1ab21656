/** What a model answers, how sure it says it is, and whether it is right. */
import { checkLabels, type ClassTable } from "./class-table";

export interface TopLabels {
  /** [window]: the first of the largest. */
  readonly predicted: Int32Array;
  /** [window]: its probability. */
  readonly confidence: Float64Array;
  /** [window]: 1 where it is the label, 0 where not. */
  readonly right: Uint8Array;
}

/** @param labels [window], class ids */
export function topLabels(probabilities: ClassTable, labels: ArrayLike<number>): TopLabels {
  checkLabels("topLabels", probabilities, labels);
  const { windows, classes, values } = probabilities;
  const predicted = new Int32Array(windows);
  const confidence = new Float64Array(windows);
  const right = new Uint8Array(windows);
  for (let i = 0, start = 0; i < windows; i++, start += classes) {
    let best = start;
    for (let k = start + 1; k < start + classes; k++) if (values[k]! > values[best]!) best = k;
    predicted[i] = best - start;
    confidence[i] = values[best]!;
    right[i] = best - start === labels[i] ? 1 : 0;
  }
  return { predicted, confidence, right };
}

/** The mean over windows. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
