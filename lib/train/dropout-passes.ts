/** Monte Carlo dropout: what a trained model would say with other neurons missing, many times over. */
import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs";
import { gatherBatch } from "../data/gather-batch";
import type { Scaler } from "../data/scaler";
import type { Windows } from "../data/windows";
import { jit } from "../engine/jit";
import { KeyedDropout } from "../engine/keyed-dropout";
import { withStepSeed } from "../engine/step-seed";
import { seedFor } from "../random";
import { inputsOf, inputTensors, weightsOf } from "./tensors";

export interface DropoutPassOptions {
  readonly passes: number;
  readonly seed: number;
  readonly batchSize?: number;
}

/**
 * Logits of several passes with dropout on (Gal & Ghahramani 2016). Nothing but the dropout layers behaves as in training:
 * batch normalisation keeps its moving statistics, no weight changes, and afterwards the model answers as before, bit for
 * bit, even where a pass has failed. The published code sets the whole model to training and never sets it back.
 *
 * @returns [pass][window, class]
 * @throws where the model has no dropout layer, so that all passes would be one
 */
export async function dropoutPasses(
  model: tf.LayersModel,
  scaler: Scaler,
  windows: Windows,
  indices: ArrayLike<number>,
  { passes, seed, batchSize = 64 }: DropoutPassOptions,
): Promise<Float32Array[][]> {
  const layers = model.layers.filter((layer) => layer instanceof KeyedDropout);
  if (layers.length === 0)
    throw new Error("dropoutPasses: expected a dropout layer, got none; train a preset with dropout");
  const restore = layers.map(dropAlways);
  const step = jit(
    "dropout passes",
    ({ seed: key, ...inputs }) =>
      withStepSeed(key!, () => ({
        logits: model.apply(inputsOf(model, inputs), { training: false }) as tf.Tensor,
      })),
    weightsOf(model).all,
  );
  try {
    const key = seedFor(seed, "dropout passes") >>> 1; // below 2^30, as keyed random numbers want it
    const rows: Float32Array[][] = [];
    for (let pass = 0; pass < passes; pass++) {
      rows.push([]);
      for (let start = 0; start < indices.length; start += batchSize) {
        await setImmediate(); // an interrupt and a notebook's messages get their turn
        // the last batch repeats its last window, so that one graph serves all batches
        const part = Int32Array.from(
          { length: batchSize },
          (_, i) => indices[Math.min(start + i, indices.length - 1)]!,
        );
        const inputs = {
          ...inputTensors(gatherBatch(windows, part, { scaler })),
          seed: tf.tensor1d([key, pass * indices.length + start], "int32"),
        };
        const { logits } = step(inputs);
        const values = (await logits!.data()) as Float32Array;
        tf.dispose([inputs, logits!]);
        const classes = values.length / batchSize;
        for (let i = 0; i < Math.min(batchSize, indices.length - start); i++)
          rows[pass]!.push(values.slice(i * classes, (i + 1) * classes));
      }
    }
    return rows;
  } finally {
    step.dispose();
    restore.forEach((undo) => undo());
  }
}

/** The layer drops whether it is training or not, until undone. */
function dropAlways(layer: tf.layers.Layer): () => void {
  const asBefore = layer.call.bind(layer);
  layer.call = (inputs, kwargs) => asBefore(inputs, { ...kwargs, training: true });
  return () => {
    delete (layer as Partial<tf.layers.Layer>).call; // the class's own is in reach again
  };
}
