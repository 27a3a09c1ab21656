/** The tokens of all modalities in one row, each told whose it is. */
import * as tf from "@tensorflow/tfjs";
import { scaleChannels } from "./channel-scale";
import type { EarlyFusionOptions } from "./early";
import { type FusionInputs, fusionInputs } from "./inputs";
import { ModalityVector } from "./modality-vector";

export interface TokenRow {
  readonly inputs: FusionInputs;
  /** [modality]: its tokens are `count` of the row, from `first` on. */
  readonly modalities: readonly {
    readonly name: string;
    readonly first: number;
    readonly count: number;
    /** [batch, count] */
    readonly validity: tf.SymbolicTensor;
  }[];
  /** [batch, token, dim], with a learned vector for each modality. */
  readonly tokens: tf.SymbolicTensor;
  /** [modality] */
  readonly counts: readonly number[];
  /** [batch, token] */
  readonly validity: tf.SymbolicTensor;
}

export function tokenRow(
  options: Pick<EarlyFusionOptions, "modalities" | "encoder" | "dim" | "seed" | "channelScales">,
): TokenRow {
  const { modalities, encoder, dim, seed, channelScales = false } = options;
  const inputs = fusionInputs(modalities);
  const each = inputs.modalities.map(({ shape: { name, time, channels }, values, validity }) => {
    const encoded = encoder({ modality: name, time, channels, dim, seed })(values, validity);
    const vector = new ModalityVector({ name: `${name}_vector`, seed });
    const tokens = vector.apply(scaleChannels(name, encoded.tokens, channelScales)) as tf.SymbolicTensor;
    return { name, tokens, validity: encoded.validity, count: tokens.shape[1]! };
  });
  const row = (name: string, what: "tokens" | "validity") =>
    inRow(
      name,
      each.map((modality) => modality[what]),
    );
  return {
    inputs,
    modalities: each.map(({ name, count, validity }, m) => ({
      ...{ name, count, validity },
      first: each.slice(0, m).reduce((sum, before) => sum + before.count, 0),
    })),
    tokens: row("tokens", "tokens"),
    validity: row("token_validity", "validity"),
    counts: each.map(({ count }) => count),
  };
}

/** One after the other along the second axis. */
export const inRow = (name: string, parts: readonly tf.SymbolicTensor[]): tf.SymbolicTensor =>
  parts.length === 1
    ? parts[0]!
    : (tf.layers.concatenate({ name, axis: 1 }).apply([...parts]) as tf.SymbolicTensor);
