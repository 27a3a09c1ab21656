/** Every encoder of sequences, by the name that presets and the command line use. */
import { convEncoder } from "./conv";
import type { EncoderFactory, EncoderShape } from "./encoder";
import { oneToken } from "./one-token";
import { transformerEncoder } from "./transformer";

export interface RegisteredEncoder {
  readonly build: EncoderFactory;
  /** The size at which `parameters` is counted. */
  readonly reference: Omit<EncoderShape, "seed">;
  readonly parameters: number;
}

/** One IMU of PAMAP2, 5.12 s at 50 Hz. */
const reference = { modality: "hand", time: 256, channels: 9, dim: 32 } as const;

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
} as const satisfies Record<string, RegisteredEncoder>;

export type EncoderName = keyof typeof encoders;
