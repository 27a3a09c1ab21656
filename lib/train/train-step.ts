/** One step of training, compiled: forward, loss, backward, clipping, AdamW. */
import * as tf from "@tensorflow/tfjs";
import { keyedNormal } from "../engine/keyed-random";
import type { Step } from "../engine/jit";
import { withStepSeed } from "../engine/step-seed";
import { type AdamW } from "./adamw";
import { crossEntropy } from "./cross-entropy";
import type { TrainingOptions } from "./options";
import { inputsOf, weightsOf } from "./tensors";

/**
 * Inputs besides the model's own: `targets` [batch, class], `rate` (scalar), `seed` int32 [2].
 * Outputs: `loss`, `norm` (of the gradients before clipping), `correct` (windows classified right).
 *
 * @param classWeights [class], or undefined where all weigh the same
 */
export function trainStep(
  model: tf.LayersModel,
  optimiser: AdamW,
  options: Pick<TrainingOptions, "clipNorm" | "labelSmoothing" | "noise">,
  classWeights?: tf.Tensor1D,
): Step {
  const { trained } = weightsOf(model);
  return ({ targets, rate, seed, ...inputs }) =>
    withStepSeed(seed!, () => {
      const noisy = addNoise(inputs, options.noise, seed!);
      let logits: tf.Tensor2D | undefined;
      const { value, grads } = tf.variableGrads(() => {
        logits = tf.keep(model.apply(inputsOf(model, noisy), { training: true }) as tf.Tensor2D);
        const { labelSmoothing } = options;
        return crossEntropy(
          logits,
          targets as tf.Tensor2D,
          classWeights ? { labelSmoothing, classWeights } : { labelSmoothing },
        );
      }, trained);
      const norm = optimiser.update(grads, rate as tf.Scalar, options.clipNorm);
      const correct = logits!.argMax(1).equal(targets!.argMax(1)).sum().cast("float32");
      logits!.dispose();
      return { loss: value, norm, correct };
    });
}

/** x + σ n on valid samples, with n ~ N(0, 1). */
function addNoise(inputs: tf.NamedTensorMap, deviation: number, seed: tf.Tensor): tf.NamedTensorMap {
  if (deviation === 0) return inputs;
  const noisy = { ...inputs };
  for (const [name, values] of Object.entries(inputs)) {
    if (!name.endsWith("_values") || values.rank !== 3) continue; // a vector has no sensor noise
    const validity = inputs[name.replace("_values", "_validity")]!.expandDims(2);
    noisy[name] = values.add(keyedNormal(values.shape, seed, `${name}/noise`).mul(deviation).mul(validity));
  }
  return noisy;
}
