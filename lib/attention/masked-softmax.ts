/** Softmax over the keys that exist. */
import * as tf from "@tensorflow/tfjs";

/**
 * pⱼ = aⱼ exp(sⱼ) / Σₖ aₖ exp(sₖ) along the last axis; a row without an allowed key is all 0, as is its gradient
 * dsⱼ = pⱼ (dpⱼ - Σₖ dpₖ pₖ). A hidden score may hold anything, NaN included.
 *
 * Both usual shortcuts fail on the empty row: filling with -1e9 makes it uniform, so that it
 * reads every hidden key; filling with -Infinity makes it NaN.
 *
 * @param scores [..., key]
 * @param allowed [..., key], or broadcast to it; 1 where the key may be read, 0 where not
 */
export function maskedSoftmax<T extends tf.Tensor>(scores: T, allowed: tf.Tensor): T {
  return withSoftmaxGradient(scores, (scores) => {
    const logits = tf.where(allowed.greater(0), scores, tf.scalar(-1e9));
    return plainSoftmax(logits).mul(allowed); // the product changes nothing but empty rows
  });
}

/** Softmax where every key may be read. */
export function softmax<T extends tf.Tensor>(scores: T): T {
  return withSoftmaxGradient(scores, plainSoftmax);
}

/** The gradient depends on the weights alone, so nothing else is kept for it. */
function withSoftmaxGradient<T extends tf.Tensor>(scores: T, forward: (scores: tf.Tensor) => tf.Tensor): T {
  const f = tf.customGrad((scores, save) => {
    const weights = forward(scores as tf.Tensor);
    (save as tf.GradSaveFunc)([weights]);
    return {
      value: weights,
      gradFunc: (dy, [p]) => p!.mul(dy.sub(dy.mul(p!).sum(-1, true))),
    };
  });
  return f(scores) as T;
}

/** One number's softmax is 1, where TensorFlow's is 1 - 2⁻²⁴. */
const plainSoftmax = (scores: tf.Tensor): tf.Tensor =>
  scores.shape.at(-1) === 1 ? scores.sub(scores).exp() : tf.softmax(scores);
