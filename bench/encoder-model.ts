/** One of the library's encoders with a head, as a benchmark trains it. */
import * as tf from "@tensorflow/tfjs";
import type { EncoderFactory } from "fusion/dist/encoders/encoder";
import { head } from "./model";

/** The whole encoder: its door, which looks for NaN, its masks and its mean over valid tokens are part of the step. */
export function ours(encoder: EncoderFactory, time: number, channels: number, dim: number): tf.LayersModel {
  const x = tf.input({ name: "x", shape: [time, channels] });
  const validity = tf.input({ name: "validity", shape: [time] });
  const { pooled } = encoder({ modality: "bench", time, channels, dim, seed: 1 })(x, validity);
  return tf.model({ inputs: [x, validity], outputs: head().apply(pooled) as tf.SymbolicTensor });
}
