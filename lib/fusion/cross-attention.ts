/** Cross-modal attention: every token asks the tokens of all modalities that are there, then each modality votes. */
import * as tf from "@tensorflow/tfjs";
import { MultiHeadAttention } from "../attention/multi-head-attention";
import { chain } from "../encoders/chain";
import { dense } from "../encoders/dense";
import { LayerNorm } from "../encoders/layer-norm";
import { MaskedMax } from "../encoders/masked-max";
import { KeyedDropout } from "../engine/keyed-dropout";
import { attentionName } from "./attention-of";
import { classify } from "./classifier";
import type { EarlyFusionOptions } from "./early";
import { startAlike } from "./start-alike";
import { AddTimeWaves } from "./time-waves";
import { type Reach, TokenMask } from "./token-mask";
import { TokenRange } from "./token-range";
import { tokenRow } from "./token-row";

export interface CrossAttentionOptions extends EarlyFusionOptions {
  /** Divides `dim`. */
  readonly heads: number;
  /** Whom a token may ask: `all` (default) that are valid, its own modality's too, or those of the `others` alone. */
  readonly reach?: Reach;
}

/**
 * x = tokens + modality;  x += attention(norm(x + time));  x += dense(ReLU(dense(norm x)));
 * [max₁; ...; max_M; presence] → dense, ReLU, dropout → dense
 *
 * with tokens of all modalities in one row, one softmax over all that may be asked, and the largest of each number over
 * the valid tokens of each modality. An absent modality's tokens are not asked, and its maximum is 0.
 *
 * Two choices let it learn what a single moment decides. Time is told to the attention alone: in x it would let the
 * rest learn windows by heart, moment by moment. And a maximum keeps what one token has found, where a mean would
 * thin it out by all that found nothing.
 *
 * With two modalities of one token each and reach "others", a query finds one key, whose weight is 1 whatever the data.
 *
 *     <modality>_values [batch, time, channel], <modality>_validity [batch, time], presence [batch, modality] → [batch, class]
 */
export function crossAttentionFusion(options: CrossAttentionOptions): tf.LayersModel {
  const { dim, dropout, seed, heads, reach = "all" } = options;
  const row = tokenRow(options);
  let x = row.tokens; // [batch, token, dim]
  const drop = (name: string) => new KeyedDropout({ name, rate: dropout });
  const add = (name: string, y: tf.SymbolicTensor) =>
    tf.layers.add({ name }).apply([x, y]) as tf.SymbolicTensor;

  const { counts } = row;
  const allowed = chain(row.validity, new TokenMask({ name: "token_mask", counts, reach })); // [batch, query, key]
  const placed = new AddTimeWaves({ name: "time", counts });
  const asking = chain(x, placed, new LayerNorm({ name: "attention_norm" }));
  const attention = new MultiHeadAttention({ name: attentionName, heads, dim, seed });
  const [heard] = attention.apply([asking, asking, allowed]) as tf.SymbolicTensor[];
  startAlike(attention);
  x = add("attended", chain(heard!, drop("attention_dropout")));
  const mixed = chain(
    x,
    new LayerNorm({ name: "mix_norm" }),
    dense({ name: "mix_up", units: 2 * dim, seed, activation: "relu" }),
    dense({ name: "mix_down", units: dim, seed }),
  );
  x = add("mixed", chain(mixed, drop("mix_dropout")));

  const loudest = row.modalities.map(({ name, validity, first, count }) => {
    const own = chain(x, new TokenRange({ name: `${name}_mixed_tokens`, first, count }));
    return new MaskedMax({ name: `${name}_loudest` }).apply([own, validity]) as tf.SymbolicTensor;
  });
  const fused = tf.layers.concatenate({ name: "fused" }).apply([...loudest, row.inputs.presence]);
  const logits = classify(options, fused as tf.SymbolicTensor);
  return tf.model({ inputs: [...row.inputs.all], outputs: logits, name: "cross_attention_fusion" });
}
