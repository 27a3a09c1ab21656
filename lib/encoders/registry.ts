/** Every encoder of sequences, by the name that presets and the command line use. */
import { byModality } from "./by-modality";
import { convEncoder } from "./conv";
import { publishedConvEncoder } from "./conv-published";
import type { EncoderFactory, EncoderShape } from "./encoder";
import { frameEncoder } from "./frame";
import { framePublished } from "./frame-published";
import { oneToken } from "./one-token";
import { gruEncoder, lstmEncoder } from "./recurrent";
import { gruPublished, lstmPublished } from "./recurrent-published";
import { strided } from "./strided";
import { audioWidths, eegWidths, stridedPublished } from "./strided-published";
import { tcnEncoder } from "./tcn";
import { transformerEncoder } from "./transformer";

export interface RegisteredEncoder {
  readonly build: EncoderFactory;
  /** The size at which `parameters` is counted. */
  readonly reference: Omit<EncoderShape, "seed">;
  readonly parameters: number;
  /** What a gap closes: its own step (unset), or the whole window, as published. */
  readonly gapCloses?: "window";
  /** What it cannot see (unset: nothing): frames are a set, in whatever order they came. */
  readonly blindTo?: "order";
}

/** One IMU of PAMAP2, 5.12 s at 50 Hz. */
const reference = { modality: "hand", time: 256, channels: 9, dim: 32 } as const;
/** The published windows: 1 s at 100 Hz, all columns of an IMU. */
const published = { modality: "hand", time: 100, channels: 17, dim: 128 } as const;
/** The published `SequenceEncoder`'s defaults. */
const publishedOptions = { hidden: 256, layers: 2, dropout: 0.1 } as const;

export const encoders = {
  /** Kernel 5 without bias, and four numbers a channel in each norm: 5 · (9 + 32 + 32) · 32 + 3 · 4 · 32. */
  conv: { build: convEncoder, reference, parameters: 12_064 },
  /** The same, of whose tokens only the mean is passed on, so that attention has one key: for comparison. */
  "conv-one-token": { build: oneToken(convEncoder), reference, parameters: 12_064 },
  /**
   * Eight steps a token: (8 · 9 + 1) · 32; a block: 4 · 32 norms, 4 · 33 · 32 attention, 33 · 64 + 65 · 32 feed-forward;
   * two of them; a last norm: 2 · 32.
   */
  transformer: {
    build: transformerEncoder({ layers: 2, heads: 4, ffn: 64, stepsPerToken: 8 }),
    reference,
    parameters: 19_488,
  },
  /**
   * Four steps a token; a block: two convolutions without bias, 3 · 32 · 32 each, and two norms, 4 · 32; four of them.
   * The first sees 4 · 9 channels: 3 · 4 · 32 more in its first convolution, and 36 · 32 to widen the skip.
   */
  tcn: { build: tcnEncoder({}), reference, parameters: 26_624 },
  /**
   * (5 · 17 + 1) · 256 + (3 · 256 + 1) · 256 + (256 + 1) · 128, and 2 · 2 · 256 in the norms: the published 252,800
   * (1 channel: 232,320). tfjs also counts the norms' moving mean and variance, which are not trained: 2 · 2 · 256 more.
   */
  "cnn-published": {
    ...{ build: publishedConvEncoder({ hidden: 256 }), reference: published, gapCloses: "window" },
    parameters: 253_824,
  },
  /** Four gates, each with a bias: 4 · (9 + 32 + 1) · 32. */
  lstm: { build: lstmEncoder({ layers: 1 }), reference, parameters: 5_376 },
  /** Half as wide, there and back: 2 · 4 · (9 + 16 + 1) · 16. */
  "bi-lstm": { build: lstmEncoder({ layers: 1, bidirectional: true }), reference, parameters: 3_328 },
  /** Three gates, each with two biases, as PyTorch has it: 3 · (9 + 32 + 2) · 32. */
  gru: { build: gruEncoder({ layers: 1 }), reference, parameters: 4_128 },
  /**
   * 4 · (17 + 256 + 1) · 256 + 4 · (256 + 256 + 1) · 256 + (256 + 1) · 128: the published 840,832 less PyTorch's second
   * biases, 2 · 4 · 256 (1 channel: 822,400).
   */
  "lstm-published": {
    ...{ build: lstmPublished(publishedOptions), reference: published, gapCloses: "window" },
    parameters: 838_784,
  },
  /** 3 · (17 + 256 + 2) · 256 + 3 · (256 + 256 + 2) · 256 + (256 + 1) · 128 (1 channel: 626,560). */
  "gru-published": {
    ...{ build: gruPublished(publishedOptions), reference: published, gapCloses: "window" },
    parameters: 638_848,
  },
  /** Each step a frame: (9 + 1) · 32; a score for each frame: 32. */
  frame: { build: frameEncoder({ pooling: "attention" }), reference, parameters: 352, blindTo: "order" },
  "frame-mean": { build: frameEncoder({ pooling: "mean" }), reference, parameters: 320, blindTo: "order" },
  "frame-max": { build: frameEncoder({ pooling: "max" }), reference, parameters: 320, blindTo: "order" },
  /** The interface tests' video: (512 + 1) · 256, a score 256 + 1, (256 + 1) · 128. */
  "frame-published": {
    build: framePublished({ pooling: "attention", hidden: 256, dropout: 0.1 }),
    reference: { modality: "video", time: 30, channels: 512, dim: 128 },
    ...{ parameters: 164_481, blindTo: "order" },
  },
  /**
   * EEG of 28 channels, four convolutions: (5 · 28 + 1) · 64 + (5 · 64 + 1) · 128 + (5 · 128 + 1) · 256 +
   * (5 · 256 + 1) · 256, 2 · 704 in the norms and (256 + 1) · 128: the published 576,448, and the norms' moving mean and
   * variance, 2 · 704 more. The modality "audio" gets two convolutions.
   */
  "eeg-audio": {
    build: byModality({ audio: strided({ widths: audioWidths }) }, strided({ widths: eegWidths })),
    reference: { modality: "eeg", time: 500, channels: 28, dim: 128 },
    parameters: 577_856,
  },
  /** The same layers, one vector a window. */
  "eeg-audio-published": {
    build: byModality(
      { audio: stridedPublished({ widths: audioWidths }) },
      stridedPublished({ widths: eegWidths }),
    ),
    reference: { modality: "eeg", time: 500, channels: 28, dim: 128 },
    ...{ parameters: 577_856, gapCloses: "window" },
  },
} as const satisfies Record<string, RegisteredEncoder>;

export type EncoderName = keyof typeof encoders;
