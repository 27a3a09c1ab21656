/** What the moments of one modality find among its own. */
import * as tf from "@tensorflow/tfjs";
import type { SymbolicAttended, Tokens } from "./cross-modal-attention";
import { MultiHeadAttention, type MultiHeadAttentionConfig } from "./multi-head-attention";
import { PairMask } from "./pair-mask";

/**
 * Self-attention over the valid tokens, without positions and without a residual: the order of the tokens is but a
 * name, unless `causal` hides the later ones.
 */
export function temporalAttention(
  { causal = false, ...config }: MultiHeadAttentionConfig & { readonly causal?: boolean },
  { tokens, validity }: Tokens,
): SymbolicAttended {
  const mask = new PairMask({ name: `${config.name}_mask`, causal });
  const allowed = mask.apply(validity) as tf.SymbolicTensor;
  // a name of its own: tfjs frees a tensor too early that stands twice among a layer's inputs
  const same = tf.layers.activation({ name: `${config.name}_keys`, activation: "linear" });
  const keys = same.apply(tokens) as tf.SymbolicTensor;
  const attention = new MultiHeadAttention(config);
  const [outputs, weights] = attention.apply([tokens, keys, allowed]) as tf.SymbolicTensor[];
  return { outputs: outputs!, weights: weights! };
}
