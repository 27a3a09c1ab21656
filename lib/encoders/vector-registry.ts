/** Every encoder of vectors, by the name that presets and the command line use. */
import { mlpEncoder } from "./mlp";
import { mlpPublished } from "./mlp-published";
import { tabularTokeniser } from "./tabular-tokeniser";
import type { VectorEncoderFactory, VectorShape } from "./vector-encoder";

export interface RegisteredVectorEncoder {
  readonly build: VectorEncoderFactory;
  /** The size at which `parameters` is counted. */
  readonly reference: Omit<VectorShape, "seed">;
  readonly parameters: number;
}

const reference = { modality: "table", features: 12, dim: 32 } as const;

export const vectorEncoders = {
  /** Features and flags: (24 + 1) · 64 + (64 + 1) · 64 + (64 + 1) · 32. */
  mlp: { build: mlpEncoder({ hidden: 64, layers: 2 }), reference, parameters: 7_840 },
  /** Embeddings 12 · 32, the value's MLP 2 · 64 + (64 + 1) · 32, its norm 2 · 32. */
  "tabular-tokeniser": { build: tabularTokeniser({ hidden: 64 }), reference, parameters: 2_656 },
  /**
   * (12 + 1) · 256 + (256 + 1) · 256 + (256 + 1) · 32, norms 2 · 2 · 256: PyTorch's 78,368; and 2 · 2 · 256 statistics,
   * which PyTorch keeps as buffers.
   */
  "mlp-published": {
    build: mlpPublished({ hidden: 256, layers: 2, dropout: 0.1 }),
    reference,
    parameters: 79_392,
  },
} as const satisfies Record<string, RegisteredVectorEncoder>;

export type VectorEncoderName = keyof typeof vectorEncoders;
