/** What the moments of one modality find among its own. */
import type * as tf from "@tensorflow/tfjs";
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
  const allowed = mask.apply([validity, validity]) as tf.SymbolicTensor;
  const attention = new MultiHeadAttention(config);
  const [outputs, weights] = attention.apply([tokens, tokens, allowed]) as tf.SymbolicTensor[];
  return { outputs: outputs!, weights: weights! };
}
