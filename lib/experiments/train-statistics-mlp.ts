/** A network on window statistics, trained on a fold by the same `fit` as every network. */
import * as tf from "@tensorflow/tfjs";
import { jit } from "../engine/jit";
import { statisticsMlp } from "../fusion/statistics-mlp";
import { fit } from "../train/fit";
import { statisticsPredictor } from "../train/statistics-rows";
import { inputsOf, inputTensors, weightsOf } from "../train/tensors";
import { prepareStatistics } from "./train-statistics";
import type { Trainer } from "./trained-model";

export const trainStatisticsMlp: Trainer<"mlp"> = async (
  { preset, windows, fold, seed },
  classes,
  context,
) => {
  const { statistics, scale } = prepareStatistics(windows, fold);
  const modalities = windows.names.map((name) => {
    const track = statistics.tracks[name]!;
    return { name, features: track.kind === "vector" ? track.features.length : 0 };
  });
  const { hidden, dropout, training } = preset;
  const network = statisticsMlp({ modalities, classes, hidden, dropout, seed });
  try {
    // leaks have been looked for among the windows themselves
    const request = { model: network, windows: statistics, fold, seed, options: training, allowLeak: true };
    const { interrupted, history, bestEpoch } = await fit({ ...context, ...request });
    if (interrupted) {
      network.dispose();
      return undefined;
    }
    const step = jit(
      "predict",
      (inputs) => ({ logits: network.apply(inputsOf(network, inputs), { training: false }) as tf.Tensor }),
      weightsOf(network).all,
    );
    const answer = async (batch: Parameters<typeof inputTensors>[0]): Promise<Float32Array[]> => {
      const inputs = inputTensors(batch);
      const { logits } = step(inputs);
      tf.dispose(inputs);
      const values = (await logits!.data()) as Float32Array;
      tf.dispose(logits!);
      const rows = values.length / classes;
      return Array.from({ length: rows }, (_, i) => values.slice(i * classes, (i + 1) * classes));
    };
    const predict = statisticsPredictor(windows.names, scale, answer, step.dispose);
    const dispose = (): void => {
      predict.dispose();
      network.dispose();
    };
    const parameters = network.countParams();
    return { predict, scaler: scale.samples, parameters, history, bestEpoch, dispose };
  } catch (error) {
    network.dispose();
    throw error;
  }
};
