/** The three fusion modes of EEG and audio as their code computes them, which is not what their brief says. */
import * as tf from "@tensorflow/tfjs";
import { chain } from "../encoders/chain";
import { KeyedDropout } from "../engine/keyed-dropout";
import { BatchAttention } from "./batch-attention";
import { scaleChannels } from "./channel-scale";
import type { EarlyFusionOptions } from "./early";
import { fusionInputs } from "./inputs";
import { OrAlone } from "./or-alone";
import { publishedDense } from "./published-dense";

export type FusionMode = "concat" | "cross_attention" | "gated";

/**
 * With e and a, the vectors of the first and the second modality:
 *
 *     concat           f = dropout(ReLU(W [e; a] + b))
 *     cross_attention  f = W_o softmax(q(e) k(a)ᵀ / √dim) v(a) + b_o, over the batch: e of one window asks a of all others
 *     gated            f = σ(W_g [e; a] + b_g) ⊙ (W_p [e; a] + b_p)
 *
 * f ⊙ channel weights → classifier; without a second modality e → classifier, and the channel weights rest. One direction
 * of attention, no blend, gate and projection of 128 instead of 256, one set of weights after the fusion instead of two
 * before. At dim 128 with them 33,024, 66,176 and 65,920 weights.
 *
 * The original cannot say that single windows lack audio; here each goes on with its e. `channelScales` are the weights.
 *
 *     <modality>_values [batch, time, channel], <modality>_validity [batch, time], presence [batch, modality] → [batch, class]
 */
export const publishedMode =
  (mode: FusionMode) =>
  (options: EarlyFusionOptions): tf.LayersModel => {
    const { modalities, classes, encoder, dim, hidden, dropout, seed, channelScales = false } = options;
    if (modalities.length > 2)
      throw new Error(
        `publishedMode: ${mode}: expected one modality or two, got [${modalities.map(({ name }) => name).join(", ")}]; take a corrected fusion for more`,
      );
    const inputs = fusionInputs(modalities);
    const [first, second] = inputs.modalities.map(({ shape, values, validity }) => {
      const { name, time, channels } = shape;
      return encoder({ modality: name, time, channels, dim, seed })(values, validity).pooled;
    });
    const dense = (name: string, inputs: number, units: number, activation: "relu" | "linear" = "linear") =>
      publishedDense({ name, inputs, units, activation, seed });
    const drop = (name: string) => new KeyedDropout({ name, rate: dropout });
    const out = (e: tf.SymbolicTensor, a: tf.SymbolicTensor): tf.SymbolicTensor => {
      const both = tf.layers.concatenate({ name: "together" }).apply([e, a]) as tf.SymbolicTensor;
      if (mode === "concat") return chain(both, dense("fused", 2 * dim, dim, "relu"), drop("fused_dropout"));
      if (mode === "gated") {
        const gate = chain(
          both,
          dense("gate", 2 * dim, dim),
          tf.layers.activation({ name: "gate_open", activation: "sigmoid" }),
        );
        const projected = chain(both, dense("projection", 2 * dim, dim));
        return tf.layers.multiply({ name: "gated" }).apply([gate, projected]) as tf.SymbolicTensor;
      }
      const asked = (["query", "key", "value"] as const).map((name) =>
        chain(name === "query" ? e : a, dense(name, dim, dim)),
      );
      const heard = new BatchAttention({ name: "batch_attention" }).apply(asked) as tf.SymbolicTensor;
      return chain(heard, dense("output", dim, dim));
    };
    let fused = first!;
    if (second) {
      const scaled = scaleChannels("fused", out(first!, second), channelScales);
      const choose = new OrAlone({ name: "or_alone", modality: 1 });
      fused = choose.apply([scaled, first!, inputs.presence]) as tf.SymbolicTensor;
    }
    const logits = chain(
      fused,
      dense("hidden1", dim, hidden, "relu"),
      drop("hidden1_dropout"),
      dense("hidden2", hidden, dim, "relu"),
      drop("hidden2_dropout"),
      dense("logits", dim, classes),
    );
    return tf.model({ inputs: [...inputs.all], outputs: logits, name: `${mode}_published` });
  };
