/** Results that nobody trained, whose every number is known. */
import { presets } from "fusion/dist/experiments/preset";
import { Result } from "fusion/dist/experiments/result";
import { subsetsOf } from "fusion/dist/metrics/subsets";

export interface Made {
  readonly presetName: string;
  readonly preset?: Result["preset"];
  readonly subject: string;
  readonly seed?: number;
  /** Of a set of sensors. */
  readonly accuracy: (present: readonly string[]) => number;
}

const four = presets["early-conv"];
const shared = { windows: 0, share: 0 };

/** Ten windows of one subject, all with a confidence of 0.7; macro-F1 is half the accuracy, the likelihood 1 - accuracy. */
export function madeResult({ presetName, preset = four, subject, seed = 1, accuracy }: Made): Result {
  const scoresOf = (right: number) => ({ windows: 10, accuracy: right, macroF1: right / 2 });
  const all = accuracy(preset.modalities);
  const confusion = [
    [Math.round(10 * all), 10 - Math.round(10 * all)],
    [0, 0],
  ];
  const scores = { ...scoresOf(all), macroF1TruthOrPrediction: all / 2, confusion };
  return Result.parse({
    ...{
      experiment: "made",
      profile: "full",
      key: `${presetName} ${subject} ${seed}`,
      preset,
      presetName,
      seed,
    },
    fold: {
      ...{ split: "leave-one-subject-out", heldOut: subject, train: 40, stop: 0, calibration: 0, test: 10 },
      missingClasses: { stop: [], calibration: [] },
    },
    data: { name: "made", hash: "h" },
    engine: { name: "wheel", tensorflow: "2", oneDnn: true, threads: 1, instructionSet: "x64" },
    ...{ code: "c", classes: ["a", "b"], parameters: 7, bestEpoch: 1, history: [], trials: [] },
    leak: { samples: shared, segment: shared, subject: shared },
    majorityAccuracy: accuracy([]),
    subjects: [{ subject, ...scores }],
    pooled: scores,
    negativeLogLikelihood: 1 - all,
    subsets: subsetsOf(preset.modalities).map((present) => {
      const right = accuracy(present);
      const degraded = {
        ...scoresOf(right),
        ...{ negativeLogLikelihood: 1 - right, ece: Math.abs(right - 0.7), recall: [right, null] },
      };
      return {
        ...{ present: [...present], pooled: degraded, subjects: [{ subject, ...degraded }] },
        reliability: [{ lower: 10 / 15, windows: 10, confidence: 0.7, accuracy: right }],
      };
    }),
    attention: null,
  });
}
