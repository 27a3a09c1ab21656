/** Every encoder of sequences, by the name that presets and the command line use. */
import { convEncoder } from "./conv";
import type { EncoderFactory, EncoderShape } from "./encoder";

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
} as const satisfies Record<string, RegisteredEncoder>;

export type EncoderName = keyof typeof encoders;
