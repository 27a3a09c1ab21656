/** What a model answers for each of the 15 sets of sensors, in numbers that fit a table. */
import { z } from "zod";
import { scoresOf } from "../metrics/by-subject";
import { confusionMatrix } from "../metrics/confusion";
import { decide } from "../train/evaluate";

export const SubsetAnswer = z.strictObject({
  /** Those that are left, in the order of the presence axis. */
  sensors: z.array(z.string()).min(1),
  correct: z.int(),
  accuracy: z.number(),
  /** Over the classes in truth or prediction, as scikit-learn and the original do. */
  macroF1: z.number(),
  /** What it answers most, and for which share of the windows: 1 is a constant. */
  commonest: z.strictObject({ class: z.string(), share: z.number() }),
  /** [modality]: mean fusion weights; null of models that have none. */
  shares: z.array(z.number()).nullable(),
});
export type SubsetAnswer = Readonly<z.infer<typeof SubsetAnswer>>;

/**
 * @param logits [window, class]
 * @param truth [window]
 * @param shares [modality]
 */
export function subsetAnswer(
  sensors: readonly string[],
  logits: readonly Float32Array[],
  truth: ArrayLike<number>,
  classes: readonly string[],
  shares: readonly number[] | null = null,
): SubsetAnswer {
  const decided = decide(logits);
  const confusion = confusionMatrix(truth, decided, classes.length);
  const { accuracy, macroF1TruthOrPrediction: macroF1 } = scoresOf(confusion);
  const answered = classes.map((_, id) => decided.filter((d) => d === id).length);
  const most = answered.indexOf(Math.max(...answered));
  return {
    sensors: [...sensors],
    correct: confusion.reduce((sum, row, id) => sum + row[id]!, 0),
    ...{ accuracy, macroF1 },
    commonest: { class: classes[most]!, share: answered[most]! / logits.length },
    shares: shares && [...shares],
  };
}
