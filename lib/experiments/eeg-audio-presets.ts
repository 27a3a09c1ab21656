/** The command line of EEG and audio, in words of the presets: `--use-audio --fusion-mode concat|cross_attention|gated`. */
import type { PresetName } from "./preset";

const presetOfMode = {
  concat: "eeg-audio-concat",
  cross_attention: "eeg-audio-cross-attention",
  gated: "eeg-audio-gated",
} as const satisfies Record<string, PresetName>;

export const fusionModes = Object.keys(presetOfMode) as readonly (keyof typeof presetOfMode)[];

export interface EegAudioOptions {
  /** EEG alone if not given. */
  readonly useAudio?: boolean;
  /** One of `fusionModes`; "concat" if not given. Without audio there is nothing to fuse. */
  readonly fusionMode?: string;
}

/**
 * @throws naming the modes there are, or where a mode is asked for without audio
 */
export function eegAudioPreset({ useAudio = false, fusionMode }: EegAudioOptions): PresetName {
  const known = fusionModes.join(", ");
  const mode = fusionModes.find((name) => name === (fusionMode ?? "concat"));
  if (!mode)
    throw new Error(
      `eegAudioPreset: --fusion-mode: expected one of [${known}], got "${fusionMode}"; choose one of them`,
    );
  if (useAudio) return presetOfMode[mode];
  if (fusionMode !== undefined)
    throw new Error(
      `eegAudioPreset: --fusion-mode ${mode}: expected audio to fuse with, got EEG alone; add --use-audio`,
    );
  return "eeg-alone";
}
