/** A network, built and trained on a fold. */
import { fit } from "../train/fit";
import { predictor } from "../train/predict";
import { buildModel } from "./build-model";
import type { Trainer } from "./trained-model";

export const trainNetwork: Trainer<"network"> = async ({ preset, windows, fold, seed }, classes, context) => {
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
};
