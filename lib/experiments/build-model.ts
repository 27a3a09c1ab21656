/** From a preset to its model before training. */
import type * as tf from "@tensorflow/tfjs";
import type { Windows } from "../data/windows";
import { encoders } from "../encoders/registry";
import type { ModalityShape } from "../fusion/inputs";
import { fusions } from "../fusion/registry";
import type { NetworkPreset } from "./preset";

/** @throws where the windows' modalities are not the preset's, in its order */
export function buildModel(
  preset: NetworkPreset,
  windows: Windows,
  classes: number,
  seed: number,
): tf.LayersModel {
  if (windows.names.join() !== preset.modalities.join())
    throw new Error(
      `run: expected windows of [${preset.modalities.join(", ")}] in this order, got [${windows.names.join(", ")}]; use selectModalities`,
    );
  const modalities = preset.modalities.map((name): ModalityShape => {
    const track = windows.tracks[name];
    if (track?.kind !== "sequence")
      throw new Error(
        `run: expected a sequence, got the vector ${name}; encoders of vectors are yet to come`,
      );
    return { name, time: track.time, channels: track.channels.length };
  });
  const { dim, hidden, dropout, heads, reach, channelScales } = preset;
  const encoder = encoders[preset.encoder].build;
  const sizes = { classes, dim, hidden, heads };
  return fusions[preset.fusion]({ modalities, encoder, ...sizes, dropout, reach, channelScales, seed });
}
