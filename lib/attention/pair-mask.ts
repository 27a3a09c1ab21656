/** Who may look at whom where queries and keys may both be invalid, as a function and as a layer. */
import * as tf from "@tensorflow/tfjs";
import { causalMask } from "./causal-mask";
import { validityMask } from "./validity-mask";

/**
 * Valid queries may look at valid keys; an invalid query looks at nothing, so that its output is 0.
 *
 *     query \ key  1  0  1
 *               1  1  0  1
 *               0  0  0  0
 *
 * @param queries [batch, query], validity
 * @param keys [batch, key], validity
 * @returns [batch, 1, query, key]; times another mask, both hold
 */
export const pairMask = (queries: tf.Tensor2D, keys: tf.Tensor2D): tf.Tensor4D =>
  tf.tidy(() => validityMask(keys).mul(queries.expandDims(1).expandDims(3)));

/**
 * The pair mask of two validities, times the causal mask where asked for.
 *
 *     queries [batch, query], keys [batch, key] → [batch, query, key]
 *     validity [batch, token] → [batch, token, token], where queries and keys are the same tokens
 */
export class PairMask extends tf.layers.Layer {
  static readonly className = "PairMask";
  private readonly causal: boolean;

  /** @param config `causal` hides later keys from a query; both are then tokens of one sequence */
  constructor(config: { readonly name: string; readonly causal?: boolean }) {
    super({ name: config.name });
    this.causal = config.causal ?? false;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [queries, keys = queries] = [inputs].flat() as [tf.Tensor2D, tf.Tensor2D?];
    return tf.tidy(() => {
      const pairs = pairMask(queries, keys);
      return (this.causal ? pairs.mul(causalMask(keys.shape[1])) : pairs).squeeze([1]);
    });
  }

  override computeOutputShape(shapes: tf.Shape | tf.Shape[]): tf.Shape {
    const [queries, keys = queries] = (Array.isArray(shapes[0]) ? shapes : [shapes]) as [tf.Shape, tf.Shape?];
    return [queries[0]!, queries[1]!, keys[1]!];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), causal: this.causal };
  }
}

tf.serialization.registerClass(PairMask);
