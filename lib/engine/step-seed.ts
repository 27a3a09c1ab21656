/** The seed of the step that runs now, where layers such as dropout find it. */
import type * as tf from "@tensorflow/tfjs";

let current: tf.Tensor | undefined;

/**
 * Runs `step` with this seed in reach of its layers.
 *
 * @param seed int32 [2], key and step of the training run; an input of a compiled step
 */
export function withStepSeed<Result>(seed: tf.Tensor, step: () => Result): Result {
  const outer = current;
  current = seed;
  try {
    return step();
  } finally {
    current = outer;
  }
}

/** @throws outside of `withStepSeed`, since randomness without a key cannot be repeated */
export function stepSeed(who: string): tf.Tensor {
  if (current) return current;
  throw new Error(`${who}: expected a step with a seed, got none; run the model inside withStepSeed`);
}
