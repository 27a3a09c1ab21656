/** Three small sensors, and windows of noise from them. */
import * as tf from "@tensorflow/tfjs";
import { randomFor } from "fusion";
import { convEncoder } from "fusion/dist/encoders/conv";
import type { EarlyFusionOptions } from "fusion/dist/fusion/early";
import { inputsOf } from "fusion/dist/train/tensors";

const time = 16;
export const modalities = [
  { name: "hand", time, channels: 3 },
  { name: "chest", time, channels: 2 },
  { name: "heart", time, channels: 1 },
];
export const options: EarlyFusionOptions = {
  ...{ modalities, encoder: convEncoder, classes: 3, dim: 4, hidden: 8, dropout: 0.2, seed: 1 },
};

/** Complete windows, as many as `presence` [window, modality] has; the model's inputs in its order. */
export function inputs(
  model: tf.LayersModel,
  seed: number,
  presence: readonly (readonly number[])[],
): tf.Tensor[] {
  const random = randomFor(seed, "inputs");
  const windows = presence.length;
  const named = Object.fromEntries(
    modalities.flatMap(({ name, channels }) => [
      [
        `${name}_values`,
        tf.tensor(
          Float32Array.from({ length: windows * time * channels }, () => random.normal()),
          [windows, time, channels],
        ) as tf.Tensor,
      ],
      [`${name}_validity`, tf.ones([windows, time])],
    ]),
  ) as tf.NamedTensorMap;
  return inputsOf(model, { ...named, presence: tf.tensor2d(presence.map((row) => [...row])) });
}

/** New numbers for all weights, biases and norms too. */
export function unsettle(model: tf.LayersModel, seed = 3): tf.LayersModel {
  const random = randomFor(seed, "weights");
  const numbers = (w: tf.Tensor) =>
    Float32Array.from({ length: w.size }, () =>
      w.rank > 1 ? (2 * random.uniform() - 1) * Math.sqrt(3 / w.shape.at(-2)!) : 0.1 + 0.4 * random.uniform(),
    );
  model.setWeights(model.getWeights().map((w) => tf.tensor(numbers(w), w.shape)));
  return model;
}
