/** What a trained model is worth on the windows that it has never seen. */
import type * as tf from "@tensorflow/tfjs";
import type { Fold } from "../data/fold";
import type { Windows } from "../data/windows";
import { attentionName } from "../fusion/attention-of";
import { majorityRate, scoresBySubject } from "../metrics/by-subject";
import { decide, negativeLogLikelihood } from "../train/evaluate";
import { labelsOf } from "../train/labels";
import { agreementOf, attentionWeights, fusionWeights } from "./agreement";
import { readAttention, summariseAttention } from "./attention";
import type { Result } from "./result";
import { type ModelLogits, subsetLogits } from "./subset-logits";
import { reliabilityUnder, scoresUnder } from "./subset-scores";
import type { TrainedModel } from "./train-model";

export interface ScoredModel {
  readonly scores: Pick<
    Result,
    | "majorityAccuracy"
    | "subjects"
    | "pooled"
    | "negativeLogLikelihood"
    | "subsets"
    | "attention"
    | "agreement"
  >;
  /** What the scores were made of, and the same for the calibration windows. */
  readonly logits: ModelLogits;
}

export async function scoreModel(
  {
    predict,
    network,
    scaler,
  }: Pick<TrainedModel, "predict" | "scaler"> & { readonly network?: tf.LayersModel },
  windows: Windows,
  fold: Fold,
  classes: number,
): Promise<ScoredModel> {
  const logits = await subsetLogits(predict, windows, fold, classes);
  const { test } = logits.subsets.at(-1)!;
  const truth = labelsOf(windows, fold.test);
  const subjects = Array.from(fold.test, (w) => windows.subject[w]!);
  const looks = network?.layers.some(({ name }) => name === attentionName);
  const read = network && looks ? await readAttention(network, scaler, windows, fold.test) : undefined;
  const weighs = network && (await fusionWeights(network, scaler, windows, fold.test));
  const asked = { windows, indices: fold.test, truth, subsets: logits.subsets };
  const scores = {
    majorityAccuracy: majorityRate(labelsOf(windows, fold.train), truth),
    ...plain(scoresBySubject(subjects, truth, decide(test), classes)),
    negativeLogLikelihood: negativeLogLikelihood(test, truth),
    subsets: logits.subsets.map(({ present, test: left }) => ({
      present: [...present],
      ...scoresUnder(left, truth, subjects),
      reliability: reliabilityUnder(left, truth),
    })),
    attention: read ? summariseAttention(read) : null,
    agreement: [read && attentionWeights(read), weighs].flatMap((weights) =>
      weights ? [agreementOf(weights, asked)] : [],
    ),
  };
  return { scores, logits };
}

/** The metrics' readonly tables as the mutable ones of the schema. */
const plain = (scores: ReturnType<typeof scoresBySubject>): Pick<Result, "subjects" | "pooled"> =>
  structuredClone(scores) as unknown as Pick<Result, "subjects" | "pooled">;
