/** What can be read inside a sensor's model. */
import * as tf from "@tensorflow/tfjs";
import { inputsOf } from "../train/tensors";

export interface Inside {
  /** [batch, class] */
  readonly logits: tf.Tensor2D;
  /** [batch, token, dim] */
  readonly tokens: tf.Tensor3D;
  readonly keys: tf.Tensor3D;
  readonly values: tf.Tensor3D;
  /** [batch, token] */
  readonly validity: tf.Tensor2D;
  /** [batch, dim] */
  readonly pooled: tf.Tensor2D;
}

export interface InsideReader {
  /** The same weights under more outputs; weights, names and saved files are the model's. */
  readonly model: tf.LayersModel;
  (inputs: tf.NamedTensorMap, options: { readonly training: boolean }): Inside;
}

/** @param model of `unimodalModel`, new or loaded */
export function insideOf(model: tf.LayersModel): InsideReader {
  const modality = modalityOf(model);
  const after = (layer: string): tf.SymbolicTensor =>
    model.getLayer(`${modality}_${layer}`).output as tf.SymbolicTensor;
  const [, , , validity] = model.getLayer(`${modality}_attend`).input as tf.SymbolicTensor[];
  const wide = tf.model({
    inputs: model.inputs,
    outputs: [
      after("logits"),
      model.getLayer(`${modality}_key`).input as tf.SymbolicTensor,
      after("key"),
      after("value"),
      validity!,
      after("pooled"),
    ],
  });
  const read = (inputs: tf.NamedTensorMap, { training }: { readonly training: boolean }): Inside => {
    const outputs = wide.apply(inputsOf(model, inputs), { training }) as tf.Tensor[];
    const [logits, tokens, keys, values, valid, pooled] = outputs;
    return { logits, tokens, keys, values, validity: valid, pooled } as Inside;
  };
  return Object.assign(read, { model: wide });
}

/** The sensor that a model of `unimodalModel` hears. */
export function modalityOf(model: tf.LayersModel): string {
  const [name] = model.inputNames.filter((input) => input.endsWith("_values"));
  if (name && model.inputNames.length === 3) return name.slice(0, -"_values".length);
  throw new Error(
    `modalityOf: expected a model of one sensor, got inputs [${model.inputNames.join(", ")}]; use unimodalModel`,
  );
}
