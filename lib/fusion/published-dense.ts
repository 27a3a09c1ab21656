/** A dense layer that begins as PyTorch's nn.Linear does. */
import * as tf from "@tensorflow/tfjs";
import { seedFor } from "../random";

export interface PublishedDenseOptions {
  /** Part of the seeds' key. */
  readonly name: string;
  readonly inputs: number;
  readonly units: number;
  readonly seed: number;
  readonly activation?: "relu" | "linear";
}

/** x W + b with W and b uniform within ±1 / √inputs: (inputs + 1) · units weights. */
export function publishedDense({ name, inputs, units, seed, activation = "linear" }: PublishedDenseOptions) {
  const bound = 1 / Math.sqrt(inputs);
  const uniform = (part: string) =>
    tf.initializers.randomUniform({ minval: -bound, maxval: bound, seed: seedFor(seed, name, part) });
  const [kernelInitializer, biasInitializer] = [uniform("kernel"), uniform("bias")];
  return tf.layers.dense({ name, units, activation, kernelInitializer, biasInitializer });
}
