/** All that training a target needs of its source, read once: then the source may go. */
import * as tf from "@tensorflow/tfjs";
import type { Scaler } from "../data/scaler";
import type { Windows } from "../data/windows";
import { predictor } from "../train/predict";
import type { Alignment } from "./alignments";
import { type Inside, insideOf } from "./inside";

/** Row by row, in the order in which windows were asked. */
export interface SourceRows {
  /** [window, class] */
  readonly logits: readonly Float32Array[];
  /** [window, width] */
  readonly rows: readonly Float32Array[];
}

const parts = ["logits", "tokens", "keys", "values", "validity", "pooled"] as const;

/**
 * @param model of the source; left as it is
 * @param windows that have the source's sensor alone
 * @returns undefined where the signal asked to stop
 */
export async function readOut(
  model: tf.LayersModel,
  alignment: Alignment,
  {
    windows,
    indices,
    scaler,
  }: { readonly windows: Windows; readonly indices: Int32Array; readonly scaler: Scaler },
  signal?: AbortSignal,
): Promise<SourceRows | undefined> {
  const inside = insideOf(model).model;
  const rows = new ReadRows(alignment).apply(inside.outputs as tf.SymbolicTensor[]) as tf.SymbolicTensor;
  const predict = predictor(tf.model({ inputs: model.inputs, outputs: rows }), scaler);
  try {
    const read = await predict(windows, indices, { signal });
    return (
      read && {
        logits: read.map((row) => row.slice(0, row.length - alignment.width)),
        rows: read.map((row) => row.slice(row.length - alignment.width)),
      }
    );
  } finally {
    predict.dispose();
  }
}

/** logits [batch, class], ... → [batch, class + width]; never saved, since it holds a function. */
class ReadRows extends tf.layers.Layer {
  static readonly className = "ReadRows";

  constructor(private readonly alignment: Alignment) {
    super({ name: "read_rows" });
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const list = inputs as tf.Tensor[];
    const inside = Object.fromEntries(parts.map((part, i) => [part, list[i]])) as unknown as Inside;
    return tf.tidy(() => tf.concat([inside.logits, this.alignment.read(inside)], 1));
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    const [batch, classes] = shapes[0]!;
    return [batch!, classes! + this.alignment.width];
  }
}
