/** What a trained model is worth on the windows that it has never seen. */
import type { Fold } from "../data/fold";
import type { Windows } from "../data/windows";
import { attentionName } from "../fusion/attention-of";
import { majorityRate, scoresBySubject } from "../metrics/by-subject";
import { decide, negativeLogLikelihood } from "../train/evaluate";
import { labelsOf } from "../train/labels";
import { readAttention, summariseAttention } from "./attention";
import type { Result } from "./result";
import type { TrainedModel } from "./train-model";
import { scoresWithout } from "./without";

export type ModelScores = Pick<
  Result,
  "majorityAccuracy" | "subjects" | "pooled" | "negativeLogLikelihood" | "without" | "attention"
>;

export async function scoreModel(
  { predict, network, scaler }: Pick<TrainedModel, "predict" | "network" | "scaler">,
  windows: Windows,
  fold: Fold,
  classes: number,
): Promise<ModelScores> {
  const logits = await predict(windows, fold.test);
  const truth = labelsOf(windows, fold.test);
  const subjects = Array.from(fold.test, (w) => windows.subject[w]!);
  const looks = network.layers.some(({ name }) => name === attentionName);
  return {
    majorityAccuracy: majorityRate(labelsOf(windows, fold.train), truth),
    ...plain(scoresBySubject(subjects, truth, decide(logits), classes)),
    negativeLogLikelihood: negativeLogLikelihood(logits, truth),
    without: await scoresWithout(predict, windows, fold.test, classes),
    attention: looks ? summariseAttention(await readAttention(network, scaler, windows, fold.test)) : null,
  };
}

/** The metrics' readonly tables as the mutable ones of the schema. */
const plain = (scores: ReturnType<typeof scoresBySubject>): Pick<Result, "subjects" | "pooled"> =>
  structuredClone(scores) as unknown as Pick<Result, "subjects" | "pooled">;
