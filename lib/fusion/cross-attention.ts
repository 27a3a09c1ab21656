/** Cross-modal attention: every token asks the tokens of all modalities that are there, then each modality votes. */
import * as tf from "@tensorflow/tfjs";
import { MultiHeadAttention } from "../attention/multi-head-attention";
import { LayerNorm } from "../encoders/layer-norm";
import { MaskedMax } from "../encoders/masked-max";
import { KeyedDropout } from "../engine/keyed-dropout";
import { seedFor } from "../random";
import { attentionName } from "./attention-of";
import { scaleChannels } from "./channel-scale";
import type { EarlyFusionOptions } from "./early";
import { fusionInputs } from "./inputs";
import { ModalityVector } from "./modality-vector";
import { AddTimeWaves } from "./time-waves";
import { type Reach, TokenMask } from "./token-mask";
import { TokenRange } from "./token-range";

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
  const { modalities, classes, encoder, dim, hidden, dropout, seed, heads, reach = "all" } = options;
  const { channelScales = false } = options;
  const inputs = fusionInputs(modalities);
  const encoded = inputs.modalities.map(({ shape: { name, time, channels }, values, validity }) => {
    const { tokens, validity: valid } = encoder({ modality: name, time, channels, dim, seed })(
      values,
      validity,
    );
    const vector = new ModalityVector({ name: `${name}_vector`, seed });
    const own = vector.apply(scaleChannels(name, tokens, channelScales)) as tf.SymbolicTensor;
    const placed = new AddTimeWaves({ name: `${name}_time` }).apply(own) as tf.SymbolicTensor;
    return { name, tokens: own, placed, valid, count: tokens.shape[1]! };
  });
  const counts = encoded.map(({ count }) => count);
  let x = inRow(
    "tokens",
    encoded.map(({ tokens }) => tokens),
  ); // [batch, token, dim]
  const valid = inRow(
    "token_validity",
    encoded.map(({ valid }) => valid),
  ); // [batch, token]

  const norm = (name: string) => new LayerNorm({ name });
  const dense = (name: string, units: number, activation: "relu" | "linear") =>
    tf.layers.dense({
      name,
      units,
      activation,
      kernelInitializer: tf.initializers.glorotUniform({ seed: seedFor(seed, name) }),
    });
  const drop = (name: string) => new KeyedDropout({ name, rate: dropout });
  const through = (from: tf.SymbolicTensor, ...layers: readonly tf.layers.Layer[]) =>
    layers.reduce((y, layer) => layer.apply(y) as tf.SymbolicTensor, from);
  const add = (name: string, y: tf.SymbolicTensor) =>
    tf.layers.add({ name }).apply([x, y]) as tf.SymbolicTensor;

  const allowed = through(valid, new TokenMask({ name: "token_mask", counts, reach })); // [batch, query, key]
  const placed = inRow(
    "placed_tokens",
    encoded.map(({ placed }) => placed),
  ); // [batch, token, dim]
  const asking = through(placed, norm("attention_norm"));
  const attention = new MultiHeadAttention({ name: attentionName, heads, dim, seed });
  const [heard] = attention.apply([asking, asking, allowed]) as tf.SymbolicTensor[];
  startAlike(attention);
  x = add("attended", through(heard!, drop("attention_dropout")));
  const mixed = through(
    x,
    norm("mix_norm"),
    dense("mix_up", 2 * dim, "relu"),
    dense("mix_down", dim, "linear"),
  );
  x = add("mixed", through(mixed, drop("mix_dropout")));

  const loudest = encoded.map(({ name, valid, count }, m) => {
    const first = counts.slice(0, m).reduce((a, b) => a + b, 0);
    const own = through(x, new TokenRange({ name: `${name}_mixed_tokens`, first, count }));
    return new MaskedMax({ name: `${name}_loudest` }).apply([own, valid]) as tf.SymbolicTensor;
  });
  const fused = tf.layers
    .concatenate({ name: "fused" })
    .apply([...loudest, inputs.presence]) as tf.SymbolicTensor;
  const logits = through(
    fused,
    dense("hidden", hidden, "relu"),
    drop("hidden_dropout"),
    dense("logits", classes, "linear"),
  );
  return tf.model({ inputs: [...inputs.all], outputs: logits, name: "cross_attention_fusion" });
}

/**
 * Keys begin as queries, and loud: a score is then largest where two tokens agree, so that attention sets out from its
 * own moment. From unrelated kernels the weights begin all but equal, and nothing tells them where to go.
 */
function startAlike(attention: tf.layers.Layer): void {
  const weight = (name: string) =>
    attention.weights.find(({ originalName }) => originalName.endsWith(`/${name}`))!;
  const loud = tf.tidy(() => weight("query_kernel").read().mul(1.5));
  weight("query_kernel").write(loud);
  weight("key_kernel").write(loud);
  loud.dispose();
}

/** One after the other along the second axis. */
const inRow = (name: string, parts: readonly tf.SymbolicTensor[]): tf.SymbolicTensor =>
  parts.length === 1
    ? parts[0]!
    : (tf.layers.concatenate({ name, axis: 1 }).apply([...parts]) as tf.SymbolicTensor);
