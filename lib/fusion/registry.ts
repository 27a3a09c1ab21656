/** Every fusion, by the name that presets and the command line use. */
import type * as tf from "@tensorflow/tfjs";
import { adaptiveFusion } from "./adaptive";
import { bottleneckFusion } from "./bottleneck";
import { crossAttentionFusion, type CrossAttentionOptions } from "./cross-attention";
import { earlyFusion } from "./early";
import { earlyPublished } from "./early-published";
import { attendOthersFusion, concatFusion, gatedProjectionFusion } from "./fusion-modes";
import { publishedMode } from "./fusion-modes-published";
import { gatedFusion } from "./gated";
import { hybridFusion } from "./hybrid";
import { hybridPublished } from "./hybrid-published";
import { lateLearnedFusion } from "./late-learned";
import { lateMeanFusion } from "./late-mean";
import { latePublished } from "./late-published";
import { productOfExpertsFusion } from "./product-of-experts";
import { uncertaintyFusion } from "./uncertainty";
import { uncertaintyDropoutFusion } from "./uncertainty-dropout";

/** What any of them may need; each takes its own. */
export type FusionOptions = Required<CrossAttentionOptions>;

export const fusions = {
  early: earlyFusion,
  "cross-attention": crossAttentionFusion,
  gated: gatedFusion,
  "late-mean": lateMeanFusion,
  "late-learned": lateLearnedFusion,
  "product-of-experts": productOfExpertsFusion,
  uncertainty: uncertaintyFusion,
  "uncertainty-dropout": uncertaintyDropoutFusion,
  hybrid: hybridFusion,
  adaptive: adaptiveFusion,
  bottleneck: bottleneckFusion,
  "early-published": earlyPublished,
  "late-published": latePublished,
  "hybrid-published": hybridPublished,
  concat: concatFusion,
  "gated-projection": gatedProjectionFusion,
  "attend-others": attendOthersFusion,
  "concat-published": publishedMode("concat"),
  "cross-attention-published": publishedMode("cross_attention"),
  "gated-published": publishedMode("gated"),
} as const satisfies Record<string, (options: FusionOptions) => tf.LayersModel>;

export type FusionName = keyof typeof fusions;
