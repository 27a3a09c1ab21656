/** Layers one after the other. */
import type * as tf from "@tensorflow/tfjs";

/** The last layer's answer to the layer before it, and so on down to x. */
export const chain = (x: tf.SymbolicTensor, ...layers: readonly tf.layers.Layer[]): tf.SymbolicTensor =>
  layers.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, x);
