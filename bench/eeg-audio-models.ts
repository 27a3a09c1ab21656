/** EEG with audio as `npm run bench -- eeg-audio` trains it: as wide as published, windows of 5 s. */
import * as tf from "@tensorflow/tfjs";
import { encoders } from "fusion/dist/encoders/registry";
import { attendOthersFusion, concatFusion, gatedProjectionFusion } from "fusion/dist/fusion/fusion-modes";
import { publishedMode } from "fusion/dist/fusion/fusion-modes-published";
import { type BenchModel, classes, data } from "./model";

const eeg = { name: "eeg", time: 500, channels: 30 };
const audio = { name: "audio", time: 500, channels: 13 };

const builders = {
  concat: concatFusion,
  "cross-attention": attendOthersFusion,
  gated: gatedProjectionFusion,
  "concat-published": publishedMode("concat"),
  "cross-attention-published": publishedMode("cross_attention"),
  "gated-published": publishedMode("gated"),
} as const;

function model(name: string, mode: keyof typeof builders, modalities = [eeg, audio]): BenchModel {
  const encoder = encoders[mode.endsWith("published") ? "eeg-audio-published" : "eeg-audio"].build;
  const sizes = { classes, dim: 128, hidden: 256, dropout: 0, heads: 4, seed: 1, channelScales: true };
  const build = (): tf.LayersModel => builders[mode]({ modalities, encoder, ...sizes });
  return {
    ...{ name, time: eeg.time, channels: eeg.channels, ours: build, stock: build, oursIsStock: true },
    ...{ torch: "", more: { torch: 0, stock: 0 }, productFlops: 0 }, // compared with each other alone
    inputs(batch) {
      const each = modalities.map((modality) => {
        const { x, validity } = data(batch, modality);
        return { [`${modality.name}_values`]: x!, [`${modality.name}_validity`]: validity! };
      });
      const { y, rate } = data(batch, eeg);
      return Object.assign({}, ...each, {
        presence: tf.ones([batch, modalities.length]),
        y: y!,
        rate: rate!,
      }) as tf.NamedTensorMap;
    },
  };
}

/** The first is what the others are compared with. */
export const eegAudioModels: readonly BenchModel[] = [
  model("eeg-audio-concat", "concat"),
  model("eeg-alone", "concat", [eeg]),
  model("eeg-audio-cross-attention", "cross-attention"),
  model("eeg-audio-gated", "gated"),
  model("eeg-audio-concat-published", "concat-published"),
  model("eeg-audio-cross-attention-published", "cross-attention-published"),
  model("eeg-audio-gated-published", "gated-published"),
];
