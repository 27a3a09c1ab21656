/** One sensor on its own, as source or as target: nothing in it knows of another sensor. */
import * as tf from "@tensorflow/tfjs";
import { chain } from "../encoders/chain";
import { dense } from "../encoders/dense";
import type { EncoderFactory, EncoderShape } from "../encoders/encoder";
import { PresentSteps } from "../encoders/keep-valid";
import { MaskedMean } from "../encoders/masked-mean";
import { KeyedDropout } from "../engine/keyed-dropout";
import { AttendTokens } from "./attend-tokens";

export interface UnimodalOptions extends EncoderShape {
  readonly classes: number;
  readonly encoder: EncoderFactory;
  readonly heads: number;
  /** Of the pooled vector. */
  readonly dropout: number;
}

/**
 * encoder → tokens E → Q, K, V = E W (no bias, so that a token that is not there is 0 in all three) → self-attention →
 * mean over valid tokens → dropout → dense.
 *
 *     <modality>_values [batch, time, channel], <modality>_validity [batch, time], presence [batch, 1] → [batch, class]
 *
 * Beside the encoder: 3 · dim² + (dim + 1) · classes weights.
 */
export function unimodalModel(options: UnimodalOptions): tf.LayersModel {
  const { modality, time, channels, dim, seed, classes, encoder, heads, dropout } = options;
  const values = tf.input({ shape: [time, channels], name: `${modality}_values` });
  const given = tf.input({ shape: [time], name: `${modality}_validity` });
  const presence = tf.input({ shape: [1], name: "presence" });
  const present = new PresentSteps({ modality: 0, name: `${modality}_present_steps` });
  const validity = present.apply([given, presence]) as tf.SymbolicTensor;
  const encoded = encoder({ modality, time, channels, dim, seed })(values, validity);
  const project = (what: string): tf.SymbolicTensor =>
    dense({ name: `${modality}_${what}`, units: dim, seed, useBias: false }).apply(
      encoded.tokens,
    ) as tf.SymbolicTensor;
  const attended = new AttendTokens({ name: `${modality}_attend`, heads }).apply([
    ...["query", "key", "value"].map(project),
    encoded.validity,
  ]) as tf.SymbolicTensor;
  const pooled = new MaskedMean({ name: `${modality}_pooled` }).apply([attended, encoded.validity]);
  const logits = chain(
    pooled as tf.SymbolicTensor,
    new KeyedDropout({ name: `${modality}_dropout`, rate: dropout }),
    dense({ name: `${modality}_logits`, units: classes, seed }),
  );
  return tf.model({ inputs: [values, given, presence], outputs: logits, name: `${modality}_alone` });
}
