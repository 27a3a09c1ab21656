/** Batch normalisation in training as one differentiable operation, in the stock layer's place. */
import * as tf from "@tensorflow/tfjs";

interface Normalised {
  /** As x. */
  readonly y: tf.Tensor;
  /** [channel]: of this batch; the variance is the biased one. */
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
}

/**
 * y = γ c r + β with c = x - μ, r = 1 / √(σ² + ε), mean and variance over all axes but the last (Ioffe & Szegedy 2015).
 * With N rows, a = Σ dy and b = Σ dy c:
 *
 *     dx = γ r (dy - a / N - c r² b / N),  dγ = r b,  dβ = a
 *
 * tfjs differentiates mean, variance and normalisation one after the other, which takes twice the time.
 *
 * @param x [..., channel]
 * @param gain γ [channel]
 * @param bias β [channel]
 */
export function batchNormTraining(
  x: tf.Tensor,
  gain: tf.Tensor,
  bias: tf.Tensor,
  epsilon: number,
): Normalised {
  const channels = x.shape.at(-1)!;
  const rows = x.size / channels;
  return tf.tidy(() => {
    const average = tf.fill([1, rows], 1 / rows);
    const flat = x.reshape([rows, channels]);
    const mean = tf.matMul(average, flat); // [1, channel]
    const centred = flat.sub(mean);
    const variance = tf.matMul(average, centred.square());
    const r = variance.add(epsilon).rsqrt();
    const normalise = tf.customGrad((...args) => {
      const [x, gain, bias, save] = args as unknown as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
      save([centred, r, gain]);
      const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
        const [c, r, gain] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D];
        const slopes = dy.reshape<tf.Tensor2D>([rows, channels]);
        const ones = tf.ones<tf.Rank.R2>([1, rows]);
        const [a, b] = [tf.matMul(ones, slopes), tf.matMul(ones, slopes.mul<tf.Tensor2D>(c))];
        const pull = c.mul(r.square().mul(b).div(rows)).add(a.div(rows));
        const dx = slopes.sub(pull).mul(r.mul(gain)).reshape(x.shape);
        return [dx, r.mul(b).reshape([channels]), a.reshape([channels])];
      };
      return { value: centred.mul(r.mul(gain)).add(bias).reshape(x.shape), gradFunc };
    });
    return {
      y: normalise(x, gain, bias),
      mean: mean.as1D(),
      variance: variance.as1D(),
    };
  });
}

/** The fields of tfjs-layers' BatchNormalization that are read here. */
interface StockLayer extends tf.layers.Layer {
  readonly axis: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly gamma?: tf.LayerVariable;
  readonly beta?: tf.LayerVariable;
  readonly movingMean: tf.LayerVariable;
  readonly movingVariance: tf.LayerVariable;
}

/** From now on stock layers normalise so in training, without γ too, where tfjs crashes; over another axis as before. */
export function replaceBatchNormTraining(): void {
  const [stock] = tf.serialization.SerializationMap.getMap().classNameMap["BatchNormalization"]!;
  const prototype = stock.prototype as unknown as StockLayer;
  const call = prototype.call;
  prototype.call = function (this: StockLayer, inputs, kwargs) {
    const x = [inputs].flat()[0]!;
    const lastAxis = this.axis === -1 || this.axis === x.rank - 1;
    if (!kwargs["training"] || !lastAxis) return call.call(this, inputs, kwargs);
    const { gamma, beta, momentum, movingMean, movingVariance } = this;
    return tf.tidy(() => {
      const gain = gamma?.read() ?? tf.ones([x.shape.at(-1)!]);
      const bias = beta?.read() ?? tf.zeros([x.shape.at(-1)!]);
      const { y, mean, variance } = batchNormTraining(x, gain, bias, this.epsilon);
      const follow = (moving: tf.LayerVariable, value: tf.Tensor): void =>
        void moving.write(
          moving.read().sub(
            moving
              .read()
              .sub(value)
              .mul(1 - momentum),
          ),
        );
      follow(movingMean, mean);
      follow(movingVariance, variance);
      return y;
    });
  };
}
