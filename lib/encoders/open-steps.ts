/** What an encoder may look at: steps that were measured, whole, of a modality that is there. */
import * as tf from "@tensorflow/tfjs";
import { KeepValid } from "./keep-valid";

/**
 * vₜ · [all channels of step t are finite]: a NaN closes its own step and no other.
 *
 *     values [batch, time, channel], validity [batch, time] → [batch, time]
 */
export class FiniteSteps extends tf.layers.Layer {
  static readonly className = "FiniteSteps";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [values, validity] = inputs as [tf.Tensor3D, tf.Tensor2D];
    const open = tf.customGrad((x, save) => {
      const values = x as tf.Tensor3D;
      // x - x is 0, or NaN where x is NaN or infinite
      const value = validity.mul(values.sub(values).equal(0).all(2).cast("float32"));
      (save as tf.GradSaveFunc)([values]);
      return { value, gradFunc: (_, [values]) => tf.zerosLike(values!) }; // a jump, flat on both sides
    });
    return tf.tidy(() => open(values));
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    return shapes[1]!;
  }
}

tf.serialization.registerClass(FiniteSteps);

/**
 * The door of every encoder.
 *
 * @param values [batch, time, channel]
 * @param validity [batch, time]
 * @returns values with zeros in closed steps, and the validity of the open ones
 */
export function openSteps(
  modality: string,
  values: tf.SymbolicTensor,
  validity: tf.SymbolicTensor,
): { readonly values: tf.SymbolicTensor; readonly validity: tf.SymbolicTensor } {
  const finite = new FiniteSteps({ name: `${modality}_finite_steps` });
  const open = finite.apply([values, validity]) as tf.SymbolicTensor;
  const keep = new KeepValid({ name: `${modality}_keep_valid` });
  return { values: keep.apply([values, open]) as tf.SymbolicTensor, validity: open };
}
