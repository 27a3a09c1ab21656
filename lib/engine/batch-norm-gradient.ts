/** The gradient of batch normalisation with given statistics, in three passes over the data where tfjs takes ten. */
import * as tf from "@tensorflow/tfjs";

/**
 * y = γ (x - μ) r + β with r = 1 / √(σ² + ε), as a function of x, μ, σ², γ, β. With a = Σ dy and b = Σ dy (x - μ):
 *
 *     dx = γ r dy,  dμ = -γ r a,  dσ² = -½ γ r³ b,  dγ = r b,  dβ = a
 *
 * The sums run over all axes but the last. They are products with a row of ones: TensorFlow's reduction over leading
 * axes takes as long at best, up to twice with AVX2 and ten times with AVX-512.
 *
 * Replaces tfjs's own gradient of the kernel, which layers reach outside of training (in training: batchNormTraining);
 * statistics of higher rank than one number a channel go there as before.
 */
export function registerBatchNormGradient(): void {
  const stock = tf.getGradient("FusedBatchNorm");
  tf.registerGradient({
    ...stock,
    gradFunc(dy, saved, attrs) {
      const [x, mean, variance, scale] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor | undefined];
      if (mean.rank !== 1 || (scale && scale.rank !== 1)) return stock.gradFunc(dy, saved, attrs);
      const channels = mean.shape[0]!;
      const { varianceEpsilon } = attrs as unknown as { varianceEpsilon: number };
      const rows = (dy as tf.Tensor).reshape([-1, channels]); // [row, channel]
      const r = variance.add(varianceEpsilon).rsqrt();
      const gain = scale ? scale.mul(r) : r; // γ r
      const sums = tf.tidy(() => {
        const ones = tf.ones([1, rows.shape[0]!]);
        const centred = x.reshape([-1, channels]).sub(mean);
        return {
          a: ones.matMul(rows).reshape([channels]),
          b: ones.matMul(rows.mul(centred)).reshape([channels]),
        };
      });
      return {
        x: () => rows.mul(gain).reshape(x.shape),
        mean: () => gain.mul(sums.a).neg(),
        variance: () => gain.mul(r).mul(r).mul(sums.b).mul(-0.5),
        scale: () => r.mul(sums.b),
        offset: () => sums.a,
      };
    },
  });
}
