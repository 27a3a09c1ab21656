/** Experiments on EEG and a voice. */

/** Simulated, since EAV itself is not to be had without asking: ten trials of an emotion, of four windows of 1 s; eight people. */
const eegAudio = {
  data: "eav-simulated",
  windowsPerSubject: 200,
  window: { lengthSeconds: 1, strideSeconds: 1, rateHz: {} },
  seeds: [1],
} as const;

const eegAudioPresets = [
  ...["eeg-alone", "audio-alone"],
  ...["eeg-audio-concat", "eeg-audio-cross-attention", "eeg-audio-gated"],
  ...["eeg-audio-concat-unscaled", "eeg-audio-cross-attention-unscaled", "eeg-audio-gated-unscaled"],
];
const eegAudioPublished = [
  ...["eeg-audio-concat-published", "eeg-audio-cross-attention-published", "eeg-audio-gated-published"],
];

export const eegAudioExperiments = {
  /** What does audio add to EEG, fused in which way? Other trials of people who have been heard before ... */
  "eeg-audio-trials": {
    ...eegAudio,
    split: { kind: "trials-in-order" },
    presets: [...eegAudioPresets, ...eegAudioPublished],
  },
  /** ... and people who have not. */
  "eeg-audio-subjects": {
    ...eegAudio,
    split: { kind: "fixed-subjects", stop: ["6"], test: ["7", "8"] },
    presets: eegAudioPresets,
  },
} as const satisfies Record<string, unknown>;
