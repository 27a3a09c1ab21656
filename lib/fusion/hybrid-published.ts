/** Hybrid fusion as published, and the switches that mend it one by one without touching a weight. */
import * as tf from "@tensorflow/tfjs";
import { chain } from "../encoders/chain";
import { Gelu } from "../encoders/gelu";
import { KeepValid } from "../encoders/keep-valid";
import { LayerNorm } from "../encoders/layer-norm";
import { KeyedDropout } from "../engine/keyed-dropout";
import { PublishedAbsence, type PublishedAbsenceConfig } from "./published-absence";
import { publishedDense } from "./published-dense";
import { timesFlags } from "./published-flags";
import { type PublishedOptions, publishedVectors, type PublishedVectors } from "./published-inputs";
import { PublishedPairs, type PublishedPairsConfig } from "./published-pairs";
import { PublishedShares, SharedSum } from "./published-shares";

/** Each changes the graph and none the list of weights, so that one trained set can be asked under all of them. */
export interface HybridSwitches
  extends
    Partial<Pick<PublishedPairsConfig, "keys" | "mean">>,
    Partial<Pick<PublishedAbsenceConfig, "gaps" | "skipZeros">> {
  /** An absent sensor's vector: `kept`, as published, or `zeroed` by its flag, as in early and late fusion. */
  readonly features?: "kept" | "zeroed";
  /** Who gets a share in the sum: `all`, as published, or the `present`. */
  readonly shares?: "all" | "present";
}

export type HybridPublishedOptions = PublishedOptions & HybridSwitches & { readonly heads: number };

/**
 * p_m = dense(vector_m), a_q as in `PublishedPairs`, shares = softmax over all sensors of dense(GELU(dense(f_q a_q))),
 * logits = dense(dropout(GELU(dense(norm(dropout(Σ shares_q a_q)))))).
 *
 * Of all this the flags close one thing: the input of the shares' scores. What an absent sensor's encoder says of zeros
 * enters every a_q and the sum. And in training the flag is all that is cleared, so that nothing is ever missing there.
 *
 *     <modality>_values [batch, time, channel], <modality>_validity [batch, time], presence [batch, modality] → [batch, class]
 *
 * @param options `heads` divides `hidden`
 */
export function hybridPublished(options: HybridPublishedOptions): tf.LayersModel {
  const vectors = publishedVectors(options);
  const logits = hybridHead(vectors, options);
  return tf.model({ inputs: [...vectors.all], outputs: logits, name: "hybrid_published" });
}

/**
 * The same from the encoders' vectors on, with the same weights by name:
 *
 *     <modality>_vector [batch, dim], <modality>_whole [batch, 1], presence [batch, modality] → [batch, class]
 */
export function hybridPublishedHead(
  options: Omit<HybridPublishedOptions, "modalities" | "encoder"> & { readonly names: readonly string[] },
): tf.LayersModel {
  const presence = tf.input({ shape: [options.names.length], name: "presence" });
  const each = options.names.map((name) => ({
    name,
    vector: tf.input({ shape: [options.dim], name: `${name}_vector` }),
    whole: tf.input({ shape: [1], name: `${name}_whole` }),
  }));
  const all = [...each.flatMap(({ vector, whole }) => [vector, whole]), presence];
  const logits = hybridHead({ presence, each }, options);
  return tf.model({ inputs: all, outputs: logits, name: "hybrid_published_head" });
}

function hybridHead(
  { presence, each }: Pick<PublishedVectors, "presence" | "each">,
  options: Omit<HybridPublishedOptions, "modalities" | "encoder">,
): tf.SymbolicTensor {
  const { classes, dim, hidden, heads, dropout, seed } = options;
  const { features = "kept", skipZeros = false, gaps = "batch" } = options;
  const { keys = "open", mean = "all", shares: among = "all" } = options;
  const vectors = features === "zeroed" ? timesFlags(each, presence) : each.map(({ vector }) => vector);
  const absence = new PublishedAbsence({ name: "absence", gaps, skipZeros });
  const [flags, tokens] = absence.apply([
    presence,
    ...vectors,
    ...each.map(({ whole }) => whole),
  ]) as tf.SymbolicTensor[];
  const dense = (name: string, inputs: number, units: number) =>
    publishedDense({ name, inputs, units, seed });
  const drop = (name: string) => new KeyedDropout({ name, rate: dropout });
  const projected = each.map(
    ({ name }, m) => dense(`${name}_projected`, dim, hidden).apply(vectors[m]!) as tf.SymbolicTensor,
  );
  const pairs = new PublishedPairs({
    name: "attended_pairs",
    heads,
    dim: hidden,
    seed,
    dropout,
    keys,
    mean,
  });
  const [attended] = pairs.apply([...projected, flags!, tokens!]) as tf.SymbolicTensor[];
  const middle = Math.max(32, Math.floor(hidden / 2));
  const scores = chain(
    new KeepValid({ name: "flagged" }).apply([attended!, flags!]) as tf.SymbolicTensor,
    dense("share_hidden", hidden, middle),
    new Gelu({ name: "share_gelu" }),
    drop("share_dropout"),
    dense("share_score", middle, 1),
  ); // [batch, modality, 1]
  const shares = new PublishedShares({ name: "fusion_weights", among }).apply([scores, flags!]);
  return chain(
    new SharedSum({ name: "fused" }).apply([shares as tf.SymbolicTensor, attended!]) as tf.SymbolicTensor,
    drop("fused_dropout"),
    new LayerNorm({ name: "classifier_norm" }),
    dense("classifier_hidden", hidden, hidden),
    new Gelu({ name: "classifier_gelu" }),
    drop("classifier_dropout"),
    dense("logits", hidden, classes),
  );
}

/**
 * What the original returns beside its logits, from a `hybridPublished` or its head: fusion weights [batch, modality] and
 * attention weights [batch, query, key, head], which are 1 or, in training, dropped.
 */
export const hybridPublishedWeightsOf = (model: tf.LayersModel): tf.LayersModel =>
  tf.model({
    inputs: model.inputs,
    outputs: [
      model.getLayer("fusion_weights").output as tf.SymbolicTensor,
      (model.getLayer("attended_pairs").output as tf.SymbolicTensor[])[1]!,
    ],
    name: "hybrid_published_weights",
  });
