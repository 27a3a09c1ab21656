/** How much each modality counts: shares of those that are heard. */
import * as tf from "@tensorflow/tfjs";

/**
 * w_m = h_m exp s_m / Σₖ h_k exp s_k over the modalities that are heard; all 0 where none is.
 *
 * An absent modality's weight is 0 and a lone one's 1, both exactly, so that a lone modality's vote passes unchanged:
 * TensorFlow's own softmax gives it 1 - 2⁻²⁴. No score of an absent modality takes part, nor gets a gradient.
 *
 *     scores [batch, modality], heard [batch, modality] → [batch, modality]
 */
export function shareOut(scores: tf.Tensor2D, heard: tf.Tensor2D): tf.Tensor2D {
  const f = tf.customGrad((scores, heard, save) => {
    const [given, open] = [scores as tf.Tensor, heard as tf.Tensor];
    const lowest = tf.scalar(-1e9);
    const seen = tf.where(open.greater(0), given, lowest);
    const powers = seen.sub(seen.max(1, true)).exp().mul(open); // the largest is 1
    const weights = powers.div<tf.Tensor2D>(powers.sum(1, true).maximum(1e-30));
    (save as tf.GradSaveFunc)([weights, open]);
    return {
      value: weights,
      gradFunc: (dy: tf.Tensor, [p, open]: tf.Tensor[]) => [
        p!.mul(dy.sub(dy.mul(p!).sum(1, true))),
        tf.zerosLike(open!),
      ],
    };
  });
  return tf.tidy(() => f(scores, heard) as tf.Tensor2D);
}

/** `shareOut` as a layer: [scores, heard] → weights. */
export class FusionWeights extends tf.layers.Layer {
  static readonly className = "FusionWeights";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [scores, heard] = inputs as [tf.Tensor2D, tf.Tensor2D];
    return shareOut(scores, heard);
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    return shapes[1]!;
  }
}

/**
 * One learned score for each modality, the same for all windows: heard [batch, modality] → weights [batch, modality].
 * Scores start at 0, so that all that are heard count alike. Weights: preference [modality].
 */
export class PreferredWeights extends tf.layers.Layer {
  static readonly className = "PreferredWeights";
  private preference!: tf.LayerVariable;

  override build(shape: tf.Shape): void {
    this.preference = this.addWeight("preference", [shape[1]!], "float32", tf.initializers.zeros());
    super.build(shape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const heard = [inputs].flat()[0] as tf.Tensor2D;
    return tf.tidy(() => shareOut(tf.zerosLike(heard).add(this.preference.read()), heard));
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
}

/** The same weight for all that are heard: heard [batch, modality] → weights [batch, modality]. */
export class EqualWeights extends tf.layers.Layer {
  static readonly className = "EqualWeights";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const heard = [inputs].flat()[0] as tf.Tensor2D;
    return tf.tidy(() => heard.div(heard.sum(1, true).maximum(1)));
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
}

/** Σ_m w_m x_m: x [batch, modality, feature], weights [batch, modality] → [batch, feature] */
export class WeightedSum extends tf.layers.Layer {
  static readonly className = "WeightedSum";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [x, weights] = inputs as [tf.Tensor3D, tf.Tensor2D];
    return tf.tidy(() => x.mul(weights.expandDims(2)).sum(1));
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    const [batch, , feature] = shapes[0]!;
    return [batch!, feature!];
  }
}

tf.serialization.registerClass(FusionWeights);
tf.serialization.registerClass(PreferredWeights);
tf.serialization.registerClass(EqualWeights);
tf.serialization.registerClass(WeightedSum);
