/** A preset's model, trained on a fold: whatever is scored afterwards asks it through `predict`. */
import type * as tf from "@tensorflow/tfjs";
import type { Scaler } from "../data/scaler";
import { fit, type Fitted, type FitRequest } from "../train/fit";
import { predictor, type Predictor } from "../train/predict";
import { buildModel } from "./build-model";
import type { RunRequest } from "./run-key";

export interface TrainedModel extends Pick<Fitted, "history" | "bestEpoch"> {
  /** Logits of windows. */
  readonly predict: Predictor;
  readonly network: tf.LayersModel;
  readonly scaler: Scaler;
  readonly parameters: number;
  dispose(): void;
}

export type TrainingContext = Pick<FitRequest, "checkpoints" | "signal" | "progress">;

/** @returns undefined where the signal asked to stop */
export async function trainModel(
  { preset, windows, fold, seed }: Pick<RunRequest, "preset" | "windows" | "fold" | "seed">,
  classes: number,
  context: TrainingContext,
): Promise<TrainedModel | undefined> {
  const network = buildModel(preset, windows, classes, seed);
  try {
    const { interrupted, scaler, history, bestEpoch } = await fit({
      ...context,
      ...{ model: network, windows, fold, seed, options: preset.training },
      // the random arm of the optimism experiment leaks on purpose: that is what it measures
      allowLeak: fold.split === "random",
    });
    if (interrupted) {
      network.dispose();
      return undefined;
    }
    const predict = predictor(network, scaler);
    const dispose = (): void => {
      predict.dispose();
      network.dispose();
    };
    return { predict, network, scaler, history, bestEpoch, parameters: network.countParams(), dispose };
  } catch (error) {
    network.dispose();
    throw error;
  }
}
