/** The fusion modes of EEG and audio as their brief states them, for any number of modalities: many vectors become one. */
import * as tf from "@tensorflow/tfjs";
import { MultiHeadAttention } from "../attention/multi-head-attention";
import { dense } from "../encoders/dense";
import { MaskedMean } from "../encoders/masked-mean";
import { KeyedDropout } from "../engine/keyed-dropout";
import { scaleChannels } from "./channel-scale";
import type { CrossAttentionOptions } from "./cross-attention";
import { classifyDeeply } from "./deep-classifier";
import type { EarlyFusionOptions } from "./early";
import { PreferredWeights, WeightedSum } from "./fusion-weights";
import { heardOf } from "./heard";
import { fusionInputs } from "./inputs";
import { stack } from "./stack";

/**
 * z′_m = z_m ⊙ s_m;  dropout(ReLU(W [z′₁; ...; z′_M] + b)) → classifier
 *
 * Between encoders and classifier (M · dim + 1) · dim weights, 32,896 for two vectors of 128, and M · dim for scales. An
 * absent modality's vector is 0.
 */
export function concatFusion(options: EarlyFusionOptions): tf.LayersModel {
  const { inputs, vectors } = vectorsOf(options);
  const { dim, dropout, seed } = options;
  const fused = new KeyedDropout({ name: "fused_dropout", rate: dropout }).apply(
    apply(dense({ name: "fused", units: dim, seed, activation: "relu" }), together(vectors)),
  );
  return modelOf("concat_fusion", options, inputs, fused as tf.SymbolicTensor);
}

/**
 * g = σ(W_g [z′₁; ...; z′_M] + b_g);  W_p (g ⊙ [z′₁; ...; z′_M]) + b_p → classifier
 *
 * (M · dim + 1) · (M · dim + dim) weights, 98,688 for two vectors of 128. The gate is cut into one layer for each modality,
 * `<modality>_gate` [batch, dim], which is the same.
 */
export function gatedProjectionFusion(options: EarlyFusionOptions): tf.LayersModel {
  const { inputs, vectors } = vectorsOf(options);
  const { modalities, dim, seed } = options;
  const all = together(vectors);
  const passed = vectors.map((vector, m) => {
    const { name } = modalities[m]!;
    const kernelInitializer = tf.initializers.zeros(); // half open, whatever the data
    const gate = apply(
      tf.layers.dense({ name: `${name}_gate`, units: dim, activation: "sigmoid", kernelInitializer }),
      all,
    );
    return tf.layers.multiply({ name: `${name}_gated` }).apply([gate, vector]) as tf.SymbolicTensor;
  });
  const fused = apply(dense({ name: "projection", units: dim, seed }), together(passed, "passed"));
  return modelOf("gated_projection_fusion", options, inputs, fused);
}

/**
 * t′_m = t_m ⊙ s_m;  x_m = mean over tokens of t′_m + attention(t′_m asks t′ of all others);  Σ_m w_m x_m → classifier
 *
 * with an attention of its own for each that asks, and w = softmax of a learned number for each modality that is heard:
 * for two, both directions and a learned blend of them. Tokens, not vectors: over one token each softmax is 1. M times
 * 4 (dim + 1) · dim weights and M for the blend; where nobody else is heard, x_m is the modality's own mean.
 */
export function attendOthersFusion(options: CrossAttentionOptions): tf.LayersModel {
  const { modalities, encoder, dim, heads, seed, channelScales = false } = options;
  const inputs = fusionInputs(modalities);
  const encoded = inputs.modalities.map(({ shape: { name, time, channels }, values, validity }) => {
    const { tokens, validity: valid } = encoder({ modality: name, time, channels, dim, seed })(
      values,
      validity,
    );
    return { name, tokens: scaleChannels(name, tokens, channelScales), valid };
  });
  const vectors = encoded.map(({ name, tokens, valid }, m) => {
    const others = encoded.filter((_, k) => k !== m);
    let x = tokens;
    if (others.length > 0) {
      const asked = inRow(
        `${name}_others`,
        others.map(({ tokens }) => tokens),
      ); // [batch, key, dim]
      const open = inRow(
        `${name}_others_validity`,
        others.map(({ valid }) => valid),
      ); // [batch, key]
      const attention = new MultiHeadAttention({ name: `${name}_asks`, heads, dim, seed });
      const [heard] = attention.apply([tokens, asked, open]) as tf.SymbolicTensor[];
      x = tf.layers.add({ name: `${name}_attended` }).apply([tokens, heard!]) as tf.SymbolicTensor;
    }
    return new MaskedMean({ name: `${name}_vector` }).apply([x, valid]) as tf.SymbolicTensor;
  });
  const blend = new PreferredWeights({ name: "blend" }).apply(heardOf(inputs)) as tf.SymbolicTensor;
  const fused = new WeightedSum({ name: "fused" }).apply([stack("vectors", vectors), blend]);
  return modelOf("attend_others_fusion", options, inputs, fused as tf.SymbolicTensor);
}

function vectorsOf({ modalities, encoder, dim, seed, channelScales = false }: EarlyFusionOptions) {
  const inputs = fusionInputs(modalities);
  const vectors = inputs.modalities.map(({ shape: { name, time, channels }, values, validity }) => {
    const { pooled } = encoder({ modality: name, time, channels, dim, seed })(values, validity);
    return scaleChannels(name, pooled, channelScales);
  });
  return { inputs, vectors };
}

const modelOf = (
  name: string,
  options: EarlyFusionOptions,
  inputs: ReturnType<typeof fusionInputs>,
  fused: tf.SymbolicTensor,
): tf.LayersModel => tf.model({ inputs: [...inputs.all], outputs: classifyDeeply(options, fused), name });

const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor) => layer.apply(x) as tf.SymbolicTensor;

/** Side by side along the last axis; a lone one as it is. */
const together = (vectors: readonly tf.SymbolicTensor[], name = "together"): tf.SymbolicTensor =>
  vectors.length === 1
    ? vectors[0]!
    : (tf.layers.concatenate({ name }).apply([...vectors]) as tf.SymbolicTensor);

/** One after the other along the second axis; a lone one as it is. */
const inRow = (name: string, parts: readonly tf.SymbolicTensor[]): tf.SymbolicTensor =>
  parts.length === 1
    ? parts[0]!
    : (tf.layers.concatenate({ name, axis: 1 }).apply([...parts]) as tf.SymbolicTensor);
