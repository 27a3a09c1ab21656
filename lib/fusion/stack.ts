/** Several vectors of one width as one tensor. */
import * as tf from "@tensorflow/tfjs";

/** M × [batch, feature] → [batch, modality, feature] */
export class Stack extends tf.layers.Layer {
  static readonly className = "Stack";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.stack([inputs].flat(), 1);
  }

  override computeOutputShape(shapes: tf.Shape | tf.Shape[]): tf.Shape {
    const each = (Array.isArray(shapes[0]) ? shapes : [shapes]) as tf.Shape[];
    return [each[0]![0]!, each.length, each[0]![1]!];
  }
}

tf.serialization.registerClass(Stack);

/** @param each [modality] of [batch, feature] */
export const stack = (name: string, each: readonly tf.SymbolicTensor[]): tf.SymbolicTensor =>
  new Stack({ name }).apply([...each]) as tf.SymbolicTensor;
