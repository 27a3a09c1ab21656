/** What every encoder is: one modality's window in, one vector out, blind to what is invalid. */
import type * as tf from "@tensorflow/tfjs";

export interface EncoderShape {
  /** Names the encoder's layers and its inputs. */
  readonly modality: string;
  readonly time: number;
  readonly channels: number;
  /** Width of the output. */
  readonly dim: number;
  readonly seed: number;
}

/**
 * @param values [batch, time, channel]
 * @param validity [batch, time]; 1 where the encoder may look
 * @returns [batch, dim]; zeros where nothing is valid
 */
export type Encoder = (values: tf.SymbolicTensor, validity: tf.SymbolicTensor) => tf.SymbolicTensor;

export type EncoderFactory = (shape: EncoderShape) => Encoder;
