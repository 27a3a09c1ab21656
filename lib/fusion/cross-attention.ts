/** Cross-modal attention: every token asks the tokens of all modalities that are there, then each modality votes. */
import * as tf from "@tensorflow/tfjs";
import { MultiHeadAttention } from "../attention/multi-head-attention";
import { LayerNorm } from "../encoders/layer-norm";
import { MaskedMean } from "../encoders/masked-mean";
import { KeyedDropout } from "../engine/keyed-dropout";
import { seedFor } from "../random";
import type { EarlyFusionOptions } from "./early";
import { fusionInputs } from "./inputs";
import { type Reach, TokenMask } from "./token-mask";
import { TokenPlace } from "./token-place";
import { TokenRange } from "./token-range";

export interface CrossAttentionOptions extends EarlyFusionOptions {
  /** Divides `dim`. */
  readonly heads: number;
  /** Whom a token may ask: `all` (default) that are valid, its own modality's too, or those of the `others` alone. */
  readonly reach?: Reach;
}

/** The layer whose second output is the weights. */
const attentionName = "cross_attention";

/**
 * x = tokens + place;  x += attention(norm x);  x += dense(ReLU(dense(norm x)));  [mean₁; ...; mean_M; presence] →
 * dense, ReLU, dropout → dense, with tokens of all modalities in one row, one softmax over all that may be asked, and
 * a mean over the valid tokens of each modality. An absent modality's tokens are not asked, and its mean is 0.
 *
 * With two modalities of one token each and reach "others", a query finds one key, whose weight is 1 whatever the data.
 *
 *     <modality>_values [batch, time, channel], <modality>_validity [batch, time], presence [batch, modality] → [batch, class]
 */
export function crossAttentionFusion(options: CrossAttentionOptions): tf.LayersModel {
  const { modalities, classes, encoder, dim, hidden, dropout, seed, heads, reach = "all" } = options;
  const inputs = fusionInputs(modalities);
  const encoded = inputs.modalities.map(({ shape: { name, time, channels }, values, validity }) => {
    const { tokens, validity: valid } = encoder({ modality: name, time, channels, dim, seed })(
      values,
      validity,
    );
    const place = new TokenPlace({ name: `${name}_place`, seed });
    return { name, tokens: place.apply(tokens) as tf.SymbolicTensor, valid, count: tokens.shape[1]! };
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
  const asking = through(x, norm("attention_norm"));
  const attention = new MultiHeadAttention({ name: attentionName, heads, dim, seed });
  const [heard] = attention.apply([asking, asking, allowed]) as tf.SymbolicTensor[];
  x = add("attended", through(heard!, drop("attention_dropout")));
  const mixed = through(
    x,
    norm("mix_norm"),
    dense("mix_up", 2 * dim, "relu"),
    dense("mix_down", dim, "linear"),
  );
  x = add("mixed", through(mixed, drop("mix_dropout")));

  const means = encoded.map(({ name, valid, count }, m) => {
    const first = counts.slice(0, m).reduce((a, b) => a + b, 0);
    const own = through(x, new TokenRange({ name: `${name}_mixed_tokens`, first, count }));
    return new MaskedMean({ name: `${name}_mixed_mean` }).apply([own, valid]) as tf.SymbolicTensor;
  });
  const fused = tf.layers
    .concatenate({ name: "fused" })
    .apply([...means, inputs.presence]) as tf.SymbolicTensor;
  const logits = through(
    fused,
    dense("hidden", hidden, "relu"),
    drop("hidden_dropout"),
    dense("logits", classes, "linear"),
  );
  return tf.model({ inputs: [...inputs.all], outputs: logits, name: "cross_attention_fusion" });
}

/**
 * A model that shares the weights of a `crossAttentionFusion`, trained or loaded, and answers with what its tokens look
 * at: [batch, head, query, key], queries and keys in the order of the modalities, a row of 0 where there is no query.
 *
 * @throws where the model is another fusion's
 */
export function attentionOf(model: tf.LayersModel): tf.LayersModel {
  const layer = model.layers.find(({ name }) => name === attentionName);
  if (!layer)
    throw new Error(
      `attentionOf: expected a layer "${attentionName}", got a model "${model.name}" without it; build it with crossAttentionFusion`,
    );
  const [, weights] = layer.output as tf.SymbolicTensor[];
  return tf.model({ inputs: model.inputs, outputs: weights!, name: "attention_weights" });
}

/** One after the other along the second axis. */
const inRow = (name: string, parts: readonly tf.SymbolicTensor[]): tf.SymbolicTensor =>
  parts.length === 1
    ? parts[0]!
    : (tf.layers.concatenate({ name, axis: 1 }).apply([...parts]) as tf.SymbolicTensor);
