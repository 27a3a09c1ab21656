/** What experiments of several data sets share. */
import { type AlignmentName, alignments } from "../data/alignment-registry";

/** 109 did nothing but rope jumping. */
export const exclude = ["109"];

export const baselines = ["majority", "logistic-statistics", "forest-statistics", "mlp-statistics"] as const;

/** Beside early fusion and cross-attention, which have experiments of their own. */
export const otherFusions = [
  ...([
    "gated-conv",
    "late-mean-conv",
    "late-learned-conv",
    "product-of-experts-conv",
    "uncertainty-conv",
  ] as const),
  ...(["uncertainty-dropout-conv", "hybrid-conv", "adaptive-conv", "bottleneck-conv"] as const),
] as const;

/** Each differs from early fusion or cross-attention with a convolutional encoder in one thing. */
export const ablations = [
  ...([
    "early-frame",
    "early-transformer",
    "early-tcn",
    "early-lstm",
    "early-gru",
    "early-conv-no-dropout",
  ] as const),
  ...([
    "cross-attention-conv-1-head",
    "cross-attention-conv-8-heads",
    "cross-attention-conv-no-dropout",
  ] as const),
] as const;

export const alignmentVariants = Object.keys(alignments).map((name) => ({
  name,
  alignment: name as AlignmentName,
}));
