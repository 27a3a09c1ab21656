/** What an encoder of vectors is: one row of features in, some of them missing, tokens and one vector out. */
import type * as tf from "@tensorflow/tfjs";
import type { Encoded } from "./encoder";

export interface VectorShape {
  /** Names the encoder's layers. */
  readonly modality: string;
  readonly features: number;
  /** Width of the tokens and of the pooled vector. */
  readonly dim: number;
  readonly seed: number;
}

/**
 * @param values [batch, feature]
 * @param validity [batch, feature]; 1 where the encoder may look
 */
export type VectorEncoder = (values: tf.SymbolicTensor, validity: tf.SymbolicTensor) => Encoded;

export type VectorEncoderFactory = (shape: VectorShape) => VectorEncoder;
