/** What every encoder is: one modality's window in, tokens and one vector out, blind to what is invalid. */
import type * as tf from "@tensorflow/tfjs";

export interface EncoderShape {
  /** Names the encoder's layers and its inputs. */
  readonly modality: string;
  readonly time: number;
  readonly channels: number;
  /** Width of the tokens and of the pooled vector. */
  readonly dim: number;
  readonly seed: number;
}

export interface Encoded {
  /** [batch, token, dim]; zeros where a token is invalid. */
  readonly tokens: tf.SymbolicTensor;
  /** [batch, token]; 1 where a token has seen at least one valid step. */
  readonly validity: tf.SymbolicTensor;
  /** [batch, dim]; zeros where nothing is valid. */
  readonly pooled: tf.SymbolicTensor;
  /** [layer]: [batch, head, query, key], of encoders that attend; for drawing. */
  readonly attention?: readonly tf.SymbolicTensor[];
}

/**
 * @param values [batch, time, channel]
 * @param validity [batch, time]; 1 where the encoder may look
 */
export type Encoder = (values: tf.SymbolicTensor, validity: tf.SymbolicTensor) => Encoded;

export type EncoderFactory = (shape: EncoderShape) => Encoder;
