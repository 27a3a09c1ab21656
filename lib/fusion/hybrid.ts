/** Hybrid fusion: moments ask their own modality, then the others; then each modality has its share in the answer. */
import * as tf from "@tensorflow/tfjs";
import { ModalityAttention } from "../attention/modality-attention";
import { chain } from "../encoders/chain";
import { LayerNorm } from "../encoders/layer-norm";
import { MaskedMax } from "../encoders/masked-max";
import { KeyedDropout } from "../engine/keyed-dropout";
import { attentionName } from "./attention-of";
import type { EarlyFusionOptions } from "./early";
import { heardOf } from "./heard";
import { startAlike } from "./start-alike";
import { AddTimeWaves } from "./time-waves";
import { TokenMask } from "./token-mask";
import { TokenRange } from "./token-range";
import { tokenRow } from "./token-row";
import { classifyWeighted, scoredWeights } from "./weighted-vectors";

export interface HybridOptions extends EarlyFusionOptions {
  /** Divides `dim`. */
  readonly heads: number;
}

/**
 * x = tokens + modality;  x += temporal(norm(x + time));  x += crossModal(norm(x + time));
 * z_m = the largest of each number over the valid tokens of m;  w = softmax of u_m · z_m over the modalities heard;
 * Σ_m w_m P_m z_m → norm, ReLU, dropout → dense
 *
 * Temporal attention reaches the tokens of the same modality, cross-modal attention those of the others that are there.
 * Absence closes three doors: an absent modality's tokens are asked by nobody, its own z is 0, and so is its weight.
 * Both attentions share their weights among modalities, which the learned vectors keep apart.
 *
 *     <modality>_values [batch, time, channel], <modality>_validity [batch, time], presence [batch, modality] → [batch, class]
 */
export function hybridFusion(options: HybridOptions): tf.LayersModel {
  const { dim, dropout, seed, heads } = options;
  const row = tokenRow(options);
  const { counts } = row;

  const attend = (
    x: tf.SymbolicTensor,
    { name, reach, mask }: { name: string; reach: "own" | "others"; mask: string },
  ): tf.SymbolicTensor => {
    const allowed = chain(row.validity, new TokenMask({ name: mask, counts, reach })); // [batch, query, key]
    const placed = new AddTimeWaves({ name: `${name}_time`, counts });
    const asking = chain(x, placed, new LayerNorm({ name: `${name}_norm` }));
    const attention = new ModalityAttention({ name, heads, dim, seed, counts, reach });
    const [found] = attention.apply([asking, allowed]) as tf.SymbolicTensor[];
    if (reach === "others") startAlike(attention);
    const dropped = chain(found!, new KeyedDropout({ name: `${name}_dropout`, rate: dropout }));
    return tf.layers.add({ name: `${name}_sum` }).apply([x, dropped]) as tf.SymbolicTensor;
  };
  const temporal = { name: "temporal_attention", reach: "own", mask: "own_token_mask" } as const;
  const crossModal = { name: attentionName, reach: "others", mask: "token_mask" } as const;
  const x = attend(attend(row.tokens, temporal), crossModal); // [batch, token, dim]

  const vectors = row.modalities.map(({ name, validity, first, count }) => {
    const own = chain(x, new TokenRange({ name: `${name}_mixed_tokens`, first, count }));
    return new MaskedMax({ name: `${name}_loudest` }).apply([own, validity]) as tf.SymbolicTensor;
  });
  const names = row.modalities.map(({ name }) => name);
  const weights = scoredWeights(names, vectors, heardOf(row.inputs));
  const logits = classifyWeighted(options, names, vectors, weights);
  return tf.model({ inputs: [...row.inputs.all], outputs: logits, name: "hybrid_fusion" });
}
