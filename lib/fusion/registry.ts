/** Every fusion, by the name that presets and the command line use. */
import type * as tf from "@tensorflow/tfjs";
import { crossAttentionFusion, type CrossAttentionOptions } from "./cross-attention";
import { earlyFusion } from "./early";
import { earlyPublished } from "./early-published";
import { gatedFusion } from "./gated";
import { hybridPublished } from "./hybrid-published";
import { latePublished } from "./late-published";

/** What any of them may need; each takes its own. */
export type FusionOptions = Required<CrossAttentionOptions>;

export const fusions = {
  early: earlyFusion,
  "cross-attention": crossAttentionFusion,
  gated: gatedFusion,
  "early-published": earlyPublished,
  "late-published": latePublished,
  "hybrid-published": hybridPublished,
} as const satisfies Record<string, (options: FusionOptions) => tf.LayersModel>;

export type FusionName = keyof typeof fusions;
