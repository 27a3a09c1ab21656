/** Product of experts: each modality that is there multiplies its probabilities in, and the prior counts once. */
import * as tf from "@tensorflow/tfjs";
import type { EarlyFusionOptions } from "./early";
import { lateHeads } from "./late-heads";

/**
 * log p(c | x₁ ... x_n) = Σ_m log p(c | x_m) - (n - 1) log π(c) + const, over the n modalities that are heard.
 *
 * This is Bayes' rule where modalities are independent given the class: each expert's posterior holds the prior π once,
 * so that n of them hold it n - 1 times too often. π = softmax θ is learned, from uniform, since the prior that experts
 * hold is that of the weighted loss and not the frequency of classes. One expert alone passes unchanged; without any,
 * π is left. Experts that repeat each other are counted as if they did not: a product is surer than it should be.
 *
 *     logits [batch, modality, class], heard [batch, modality] → [batch, class];  weights: prior [class]
 */
export class Product extends tf.layers.Layer {
  static readonly className = "ProductOfExperts";
  private prior!: tf.LayerVariable;

  override build(shapes: tf.Shape[]): void {
    this.prior = this.addWeight("prior", [shapes[0]![2]!], "float32", tf.initializers.zeros());
    super.build(shapes);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [logits, heard] = inputs as [tf.Tensor3D, tf.Tensor2D];
    return tf.tidy(() => {
      const product = tf.logSoftmax(logits).mul(heard.expandDims(2)).sum(1); // [batch, class]
      const excess = heard.sum(1, true).sub(1); // [batch, 1]; n - 1
      return product.sub(excess.mul(tf.logSoftmax(this.prior.read().expandDims(0))));
    });
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    const [batch, , classes] = shapes[0]!;
    return [batch!, classes!];
  }
}

tf.serialization.registerClass(Product);

/** <modality>_values [batch, time, channel], <modality>_validity [batch, time], presence [batch, modality] → [batch, class] */
export function productOfExpertsFusion(options: EarlyFusionOptions): tf.LayersModel {
  const { inputs, logits, heard } = lateHeads(options);
  const fused = new Product({ name: "logits" }).apply([logits, heard]) as tf.SymbolicTensor;
  return tf.model({ inputs: [...inputs.all], outputs: fused, name: "product_of_experts_fusion" });
}
