/** The tokens of all modalities, each by its own encoder. */
import * as tf from "@tensorflow/tfjs";
import { blockShapes, blockTokens } from "./block-tokens";
import { featureShapes, featureTokens } from "./feature-tokens";
import type { ModalityTokens } from "./network-options";
import { sequenceShapes, sequenceTokens } from "./sequence-tokens";
import { named, type Weights, type WeightShapes, weightsUnder } from "./weights";

export const encoderShapes = (modalities: readonly ModalityTokens[], dim: number): WeightShapes =>
  Object.assign(
    {},
    ...modalities.map((modality) => named(`encoder/${modality.name}`, shapesOf(modality, dim))),
  ) as WeightShapes;

function shapesOf({ encoder, tokens, width }: ModalityTokens, dim: number): WeightShapes {
  if (encoder === "sequence") return sequenceShapes(width, dim);
  return encoder === "blocks" ? blockShapes(tokens, width, dim) : featureShapes(tokens, dim);
}

/** By the names of `tokenInputs`. */
export interface EncodedTokens {
  /** [batch, token, dim], each modality's; 0 where not valid. */
  readonly tokens: readonly tf.Tensor3D[];
  /** [batch, token], each modality's. */
  readonly validity: readonly tf.Tensor2D[];
  /** [batch, modality] */
  readonly presence: tf.Tensor2D;
}

/**
 * @param inputs for each modality `<name>_values` [batch, token, width] and `<name>_validity` [batch, token]; `presence`
 *   [batch, modality]: what is absent there is not valid either, whatever its validity says
 * @param positions whether sequences are told where a token stands
 */
export function encodeTokens(
  inputs: tf.NamedTensorMap,
  modalities: readonly ModalityTokens[],
  weights: Weights,
  positions = true,
): EncodedTokens {
  const presence = inputs["presence"] as tf.Tensor2D;
  const present = tf.split(presence, modalities.length, 1); // [batch, 1], each
  const validity = modalities.map(({ name }, m) => inputs[`${name}_validity`]!.mul<tf.Tensor2D>(present[m]!));
  const tokens = modalities.map(({ name, encoder }, m) => {
    const own = weightsUnder(weights, `encoder/${name}`);
    const x = inputs[`${name}_values`] as tf.Tensor3D;
    if (encoder === "sequence") return sequenceTokens(x, validity[m]!, own, positions);
    return encoder === "blocks" ? blockTokens(x, validity[m]!, own) : featureTokens(x, validity[m]!, own);
  });
  return { tokens, validity, presence };
}
