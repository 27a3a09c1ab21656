/** The published door: one NaN anywhere closes the whole window, and the encoder's answer is one vector of zeros. */
import * as tf from "@tensorflow/tfjs";
import type { Encoded } from "./encoder";
import { KeepValid } from "./keep-valid";
import { openSteps } from "./open-steps";

/** minₜ vₜ: validity [batch, time] → [batch, 1] */
class WholeWindow extends tf.layers.Layer {
  static readonly className = "WholeWindow";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const validity = [inputs].flat()[0]!;
    return tf.tidy(() => validity.min(1, true));
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return [shape[0]!, 1];
  }
}

tf.serialization.registerClass(WholeWindow);

/**
 * Published: "a window with any NaN skips the encoder and gets a zero row". Here it goes through as zeros, since a
 * compiled step has a fixed batch; batch norm therefore counts it, which the published code does not.
 *
 * @param values [batch, time, channel]
 * @param validity [batch, time]
 * @returns values, zero in windows that are not whole, and `whole` [batch, 1]
 */
export function wholeWindows(
  modality: string,
  values: tf.SymbolicTensor,
  validity: tf.SymbolicTensor,
): { readonly values: tf.SymbolicTensor; readonly whole: tf.SymbolicTensor } {
  const open = openSteps(modality, values, validity);
  const whole = new WholeWindow({ name: `${modality}_whole` }).apply(open.validity) as tf.SymbolicTensor;
  const keep = new KeepValid({ name: `${modality}_keep_whole` });
  return { values: keep.apply([open.values, whole]) as tf.SymbolicTensor, whole };
}

/**
 * The published encoders give one vector a window: one token, over which attention has nothing to choose.
 *
 * @param vector [batch, dim]
 * @param whole [batch, 1]
 */
export function singleToken(modality: string, vector: tf.SymbolicTensor, whole: tf.SymbolicTensor): Encoded {
  const dim = vector.shape[1]!;
  const token = tf.layers.reshape({ name: `${modality}_token`, targetShape: [1, dim] }).apply(vector);
  const keep = new KeepValid({ name: `${modality}_keep_token` });
  const tokens = keep.apply([token as tf.SymbolicTensor, whole]) as tf.SymbolicTensor; // [batch, 1, dim]
  const pooled = tf.layers.flatten({ name: `${modality}_pooled` }).apply(tokens) as tf.SymbolicTensor;
  return { tokens, validity: whole, pooled };
}
