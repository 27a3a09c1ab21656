/** Bottleneck fusion: modalities tell each other what fits into a few tokens, then each votes. */
import * as tf from "@tensorflow/tfjs";
import { chain } from "../encoders/chain";
import { MaskedMax } from "../encoders/masked-max";
import { transformerBlock } from "../encoders/transformer-block";
import { AgreedTokens, BottleneckTokens, EachToken } from "./bottleneck-tokens";
import { classify } from "./classifier";
import type { EarlyFusionOptions } from "./early";
import { EqualWeights, WeightedSum } from "./fusion-weights";
import { heardOf } from "./heard";
import { stack } from "./stack";
import { TokenMask } from "./token-mask";
import { TokenRange } from "./token-range";
import { inRow, tokenRow } from "./token-row";

export interface BottleneckOptions extends EarlyFusionOptions {
  /** Divides `dim`. */
  readonly heads: number;
  /** 4 in the paper, and if not given. */
  readonly bottleneckTokens?: number;
}

/** In the first the bottleneck listens, in the second it is listened to. */
const blocks = 2;

/**
 * Twice: [x_m; b_m] = block([x_m; b]) for each modality, then b = the mean of b_m over those that are heard;
 * z_m = the largest of each number over the valid tokens of m → dense, ReLU, dropout → dense, and the mean of votes
 *
 * (Nagrani et al. 2021, "Attention Bottlenecks for Multimodal Fusion": MBT with fusion in every layer). Tokens of two
 * modalities never see each other, and votes are averaged: whatever one modality knows of another came through b. Unlike
 * there, all modalities share the blocks' weights, a learned vector says whose a token is, and the blocks drop nothing:
 * random numbers for each attention weight would take as long as the attention.
 *
 *     <modality>_values [batch, time, channel], <modality>_validity [batch, time], presence [batch, modality] → [batch, class]
 */
export function bottleneckFusion(options: BottleneckOptions): tf.LayersModel {
  const { dim, seed, heads, bottleneckTokens = 4 } = options;
  const row = tokenRow(options);
  const owners = row.modalities.map((_, modality) => modality);
  const rowLength = row.counts.reduce((sum, count) => sum + count, 0);
  const copies = owners.length * bottleneckTokens;
  const heard = heardOf(row.inputs); // [batch, modality]
  const weights = new EqualWeights({ name: "equal_weights" }).apply(heard) as tf.SymbolicTensor;

  const there = chain(heard, new EachToken({ name: "bottleneck_validity", tokens: bottleneckTokens }));
  const mask = new TokenMask({
    ...{ name: "bottleneck_mask", reach: "own" },
    counts: [...row.counts, ...owners.map(() => bottleneckTokens)],
    owners: [...owners, ...owners],
  });
  const allowed = chain(inRow("all_validity", [row.validity, there]), mask); // [batch, query, key]
  let x = row.tokens; // [batch, token, dim]
  let bottleneck = chain(
    heard,
    new BottleneckTokens({ name: "bottleneck_tokens", tokens: bottleneckTokens, dim, seed }),
  ); // [batch, modality · token, dim]
  for (let block = 1; block <= blocks; block++) {
    const name = `block${block}`;
    const all = inRow(`${name}_tokens`, [x, bottleneck]);
    const { tokens } = transformerBlock({ name, heads, ffn: 2 * dim, seed }, all, allowed);
    x = chain(tokens, new TokenRange({ name: `${name}_own`, first: 0, count: rowLength }));
    if (block === blocks) break; // nobody listens to the last bottleneck
    const made = chain(tokens, new TokenRange({ name: `${name}_copies`, first: rowLength, count: copies }));
    bottleneck = new AgreedTokens({ name: `${name}_agreed` }).apply([made, weights]) as tf.SymbolicTensor;
  }

  const votes = row.modalities.map(({ name, validity, first, count }) => {
    const own = chain(x, new TokenRange({ name: `${name}_mixed_tokens`, first, count }));
    const loudest = new MaskedMax({ name: `${name}_loudest` }).apply([own, validity]) as tf.SymbolicTensor;
    return classify(options, loudest, `${name}_`);
  });
  const logits = new WeightedSum({ name: "logits" }).apply([stack("votes", votes), weights]);
  return tf.model({
    ...{ inputs: [...row.inputs.all], name: "bottleneck_fusion" },
    outputs: logits as tf.SymbolicTensor,
  });
}
