/** Every fusion, by the name that presets and the command line use. */
import type * as tf from "@tensorflow/tfjs";
import { crossAttentionFusion, type CrossAttentionOptions } from "./cross-attention";
import { earlyFusion } from "./early";

/** What any of them may need; each takes its own. */
export type FusionOptions = Required<CrossAttentionOptions>;

export const fusions = {
  early: earlyFusion,
  "cross-attention": crossAttentionFusion,
} as const satisfies Record<string, (options: FusionOptions) => tf.LayersModel>;

export type FusionName = keyof typeof fusions;
