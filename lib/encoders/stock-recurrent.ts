/** What our recurrent layers share: the stock layer that they extend, and when they may take its place. */
import * as tf from "@tensorflow/tfjs";

type StockClass<Config, Layer extends tf.layers.Layer> = {
  new (config: Config): Layer;
  readonly className: string;
  fromConfig: tf.serialization.FromConfigMethod<tf.serialization.Serializable>;
};

/** tfjs exports functions that make these layers; their classes, to extend, are found here. */
export function stockClass<Config, Layer extends tf.layers.Layer = tf.RNN>(
  className: "LSTM" | "GRU" | "GRUCell",
): StockClass<Config, Layer> {
  const [stock] = tf.serialization.SerializationMap.getMap().classNameMap[className]!;
  return stock as unknown as StockClass<Config, Layer>;
}

export type Kwargs = Readonly<Record<string, unknown>>;

/** What a layer is applied to, and what comes out. */
export type Applied = tf.Tensor | tf.Tensor[] | tf.SymbolicTensor | tf.SymbolicTensor[];

/**
 * Whether a sequence operation computes what the stock layer would: tanh and sigmoid gates, no dropout inside the
 * recurrence, no Keras mask (gaps are what valid-first.ts is for), no state from batch to batch.
 */
export function isPlain(layer: tf.RNN, kwargs: Kwargs): boolean {
  const { activation, recurrentActivation, dropout, recurrentDropout } = layer.cell.getConfig();
  const dropping = Boolean(kwargs["training"]) && (Number(dropout) > 0 || Number(recurrentDropout) > 0);
  const standard = activation === "tanh" && recurrentActivation === "sigmoid";
  return standard && !dropping && !layer.stateful && kwargs["mask"] == null;
}

export interface SequenceResult {
  /** [batch, time, hidden]; missing where only the last step is wanted */
  readonly outputs?: tf.Tensor;
  /** [batch, hidden] each; the first is the last output */
  readonly states: readonly tf.Tensor[];
}

/** Runs a sequence operation as the layer's configuration wants it, and gives what the stock layer gives. */
export function applySequence(
  layer: tf.RNN,
  inputs: tf.Tensor | tf.Tensor[],
  kwargs: Kwargs,
  run: (x: tf.Tensor3D, weights: readonly tf.Tensor[], initial?: tf.Tensor[]) => SequenceResult,
): tf.Tensor | tf.Tensor[] {
  return tf.tidy(() => {
    const x = [inputs].flat()[0] as tf.Tensor3D;
    const weights = layer.cell.weights.map((weight) => weight.read());
    const initial = (kwargs["initialState"] ?? undefined) as tf.Tensor[] | undefined;
    const { outputs, states } = run(layer.goBackwards ? x.reverse(1) : x, weights, initial);
    const output = outputs ?? states[0]!;
    return layer.returnState ? [output, ...states] : output;
  });
}
