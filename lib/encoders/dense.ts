/** A dense layer whose initial weights depend on its name and the seed alone. */
import * as tf from "@tensorflow/tfjs";
import { seedFor } from "../random";

export interface DenseOptions {
  /** Explicit, since it is part of the seed's key. */
  readonly name: string;
  readonly units: number;
  readonly seed: number;
  readonly activation?: "relu" | "linear";
  readonly useBias?: boolean;
}

/** x W + b over the last axis, with W as Glorot & Bengio (2010) and b of zeros. */
export const dense = ({ name, units, seed, activation = "linear", useBias = true }: DenseOptions) =>
  tf.layers.dense({
    ...{ name, units, activation, useBias },
    kernelInitializer: tf.initializers.glorotUniform({ seed: seedFor(seed, name) }),
  });
