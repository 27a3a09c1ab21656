/** What is trained in a benchmark: one network written three times, and its work by arithmetic. */
import * as tf from "@tensorflow/tfjs";

export interface BenchModel {
  readonly name: string;
  readonly time: number;
  readonly channels: number;
  /** With our layers. Inputs are named "x" [batch, time, channel] and, where the model asks for it, "validity" [batch, time]. */
  ours(): tf.LayersModel;
  /** Of `tf.layers` and plain operations. */
  stock(): tf.LayersModel;
  /** Ours are stock layers too. */
  readonly oursIsStock?: boolean;
  /** Python that makes `model` out of `channels` and `steps`. */
  readonly torch: string;
  /** Parameters that the others have and ours has not. */
  readonly more: { readonly torch: number; readonly stock: number };
  /** Multiplications and additions in products of one window's forward and backward pass. */
  readonly productFlops: number;
  /** Of PyTorch's time with the default malloc. */
  target?(batch: number): number;
  /** Share of the product peak. */
  readonly aim?: number;
  /** Is it measured on WASM too? */
  readonly wasm?: boolean;
  /** Of models of several modalities: inputs by name, targets "y" and "rate"; `data` where not given. */
  inputs?(batch: number): tf.NamedTensorMap;
}

export const classes = 12;

/** The dense layer behind every model: [batch, feature] → [batch, class]. */
export const head = (): tf.layers.Layer =>
  tf.layers.dense({ name: "head", units: classes, kernelInitializer: glorot(99) });

export const glorot = (seed: number) => tf.initializers.glorotUniform({ seed });

/** Twice for each product, three products for each layer (output, input's gradient, weight's gradient). */
export const trained = (rows: number, inputs: number, outputs: number): number =>
  3 * 2 * rows * inputs * outputs;

/** A layer that sees the data themselves, which need no gradient. */
export const first = (rows: number, inputs: number, outputs: number): number =>
  2 * 2 * rows * inputs * outputs;

/** The same numbers in every process, in variance 1, and each class equally often. */
export function data(
  batch: number,
  { time, channels }: Pick<BenchModel, "time" | "channels">,
): tf.NamedTensorMap {
  const x = Float32Array.from({ length: batch * time * channels }, (_, i) => {
    const u = Math.sin(i * 12.9898) * 43758.5453;
    return (u - Math.floor(u) - 0.5) * Math.sqrt(12);
  });
  const labels = Array.from({ length: batch }, (_, i) => i % classes);
  return {
    x: tf.tensor3d(x, [batch, time, channels]),
    validity: tf.ones([batch, time]),
    y: tf.oneHot(tf.tensor1d(labels, "int32"), classes).cast("float32"),
    rate: tf.scalar(1e-3),
  };
}
