/** Cross-entropy with smoothed labels and weighted classes. */
import * as tf from "@tensorflow/tfjs";

export interface CrossEntropyOptions {
  /** ε: the target becomes (1 - ε) onehot + ε / classes. */
  readonly labelSmoothing?: number;
  /** [class]; the mean is then weighted by the weight of each sample's class. */
  readonly classWeights?: tf.Tensor1D;
}

/**
 * -Σᵢ wᵢ Σ_c tᵢ_c log softmax(zᵢ)_c / Σᵢ wᵢ, as PyTorch's `CrossEntropyLoss`.
 *
 * @param logits [batch, class]
 * @param targets [batch, class]; rows that sum to 1
 * @returns a scalar
 */
export function crossEntropy(
  logits: tf.Tensor2D,
  targets: tf.Tensor2D,
  options: CrossEntropyOptions = {},
): tf.Scalar {
  const { labelSmoothing = 0, classWeights } = options;
  return tf.tidy(() => {
    const classes = logits.shape[1];
    const smooth =
      labelSmoothing === 0 ? targets : targets.mul(1 - labelSmoothing).add(labelSmoothing / classes);
    if (!classWeights) return tf.logSoftmax(logits, 1).mul(smooth).sum(1).neg().mean<tf.Scalar>();
    const weighted = smooth.mul(classWeights); // PyTorch weighs each class's part of a smoothed target by its own weight
    const total = targets.mul(classWeights).sum();
    return tf.logSoftmax(logits, 1).mul(weighted).sum().neg().div<tf.Scalar>(total);
  });
}

/** n / (classes · n_c): every class weighs the same in the mean; a class without samples gets 0. */
export function balancedClassWeights(labels: ArrayLike<number>, classes: number): Float32Array {
  const counts = new Float32Array(classes);
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]! += 1;
  return counts.map((count) => (count === 0 ? 0 : labels.length / (classes * count)));
}
