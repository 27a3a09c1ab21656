/** Where plain arrays become tensors: the door of the training room. */
import * as tf from "@tensorflow/tfjs";
import type { Batch } from "../data/gather-batch";

/** Every input of a model by name; the caller frees them. */
export function inputTensors(batch: Batch): tf.NamedTensorMap {
  const entries = Object.entries(batch.inputs);
  return Object.fromEntries(
    entries.map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape], "float32")]),
  );
}

/** [batch, class]; one row of zeros and a one for each class id. */
export function oneHotTargets(batch: Batch, classes: number): tf.Tensor2D {
  const ids = batch.targets.values;
  const rows = new Float32Array(ids.length * classes);
  ids.forEach((id, i) => {
    if (!(id >= 0 && id < classes && Number.isInteger(id)))
      throw new Error(
        `oneHotTargets: expected a class id in 0 … ${classes - 1}, got ${id} in row ${i}; drop windows without a label`,
      );
    rows[i * classes + id] = 1;
  });
  return tf.tensor2d(rows, [ids.length, classes]);
}

/** The model's weights, trained ones first, as variables that a step can read and assign. */
export function weightsOf(model: tf.LayersModel): {
  readonly trained: tf.Variable[];
  readonly all: tf.Variable[];
} {
  const variable = (w: tf.LayerVariable): tf.Variable => w.read() as tf.Variable;
  return { trained: model.trainableWeights.map(variable), all: model.weights.map(variable) };
}

/** The model's inputs in its own order. */
export const inputsOf = (model: tf.LayersModel, named: tf.NamedTensorMap): tf.Tensor[] =>
  model.inputNames.map((name) => {
    const tensor = named[name];
    if (!tensor)
      throw new Error(
        `model: expected an input "${name}", got [${Object.keys(named).join(", ")}]; cut windows with that modality`,
      );
    return tensor;
  });
