/** What the tokens of one modality find among the tokens of another. */
import type * as tf from "@tensorflow/tfjs";
import { MultiHeadAttention, type MultiHeadAttentionConfig } from "./multi-head-attention";
import { PairMask } from "./pair-mask";

/** Tokens as encoders give them. */
export interface Tokens {
  /** [batch, token, channel] */
  readonly tokens: tf.SymbolicTensor;
  /** [batch, token]; 1 where a token is valid. */
  readonly validity: tf.SymbolicTensor;
}

export interface SymbolicAttended {
  /** [batch, query, dim]; zeros where the query is invalid or finds no valid key. */
  readonly outputs: tf.SymbolicTensor;
  /** [batch, head, query, key] */
  readonly weights: tf.SymbolicTensor;
}

/**
 * Queries of one modality over keys and values of another, in one direction and without a residual.
 *
 * Give it several tokens a modality: over one key every weight is 1, and the query has no say.
 *
 * @throws where both are the same tokens
 */
export function crossModalAttention(
  config: MultiHeadAttentionConfig,
  queries: Tokens,
  keys: Tokens,
): SymbolicAttended {
  if (queries.tokens === keys.tokens)
    throw new Error(
      `crossModalAttention: ${config.name}: expected tokens of two modalities, got the same twice; use temporalAttention`,
    );
  const mask = new PairMask({ name: `${config.name}_mask` });
  const allowed = mask.apply([queries.validity, keys.validity]) as tf.SymbolicTensor;
  const attention = new MultiHeadAttention(config);
  const [outputs, weights] = attention.apply([queries.tokens, keys.tokens, allowed]) as tf.SymbolicTensor[];
  return { outputs: outputs!, weights: weights! };
}
