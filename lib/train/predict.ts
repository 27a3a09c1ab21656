/** Logits of many windows: compiled, in batches of one size. */
import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs";
import { type Batch, gatherBatch } from "../data/gather-batch";
import type { Scaler } from "../data/scaler";
import type { Windows } from "../data/windows";
import { type CompiledStep, jit } from "../engine/jit";
import { inputsOf, inputTensors, weightsOf } from "./tensors";

export interface Predictor {
  /** @returns [window, class] in the order of `indices`; all numbers of a window in one row, whatever the model answers */
  (windows: Windows, indices: ArrayLike<number>, options?: EditOption): Promise<Float32Array[]>;
  /** @returns undefined where the signal asked to stop, within one batch */
  (
    windows: Windows,
    indices: ArrayLike<number>,
    options: EditOption & { readonly signal: AbortSignal | undefined },
  ): Promise<Float32Array[] | undefined>;
  dispose(): void;
}

interface EditOption {
  /** Changes a batch before the model sees it, as a failed sensor would. */
  readonly edit?: (batch: Batch) => void;
}

export function predictor(model: tf.LayersModel, scaler: Scaler, batchSize = 64): Predictor {
  const step: CompiledStep = jit(
    "predict",
    (inputs) => ({ logits: model.apply(inputsOf(model, inputs), { training: false }) as tf.Tensor }),
    weightsOf(model).all,
  );
  const predict = async (
    windows: Windows,
    indices: ArrayLike<number>,
    { edit, signal }: EditOption & { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<Float32Array[] | undefined> => {
    const rows: Float32Array[] = [];
    for (let start = 0; start < indices.length; start += batchSize) {
      await setImmediate(); // an interrupt and a notebook's messages get their turn
      if (signal?.aborted) return undefined;
      // the last batch repeats its last window, so that one graph serves all batches
      const part = Int32Array.from(
        { length: batchSize },
        (_, i) => indices[Math.min(start + i, indices.length - 1)]!,
      );
      const batch = gatherBatch(windows, part, { scaler });
      edit?.(batch);
      const inputs = inputTensors(batch);
      const { logits } = step(inputs);
      tf.dispose(inputs);
      const values = (await logits!.data()) as Float32Array;
      tf.dispose(logits!);
      const size = values.length / batchSize;
      for (let i = 0; i < Math.min(batchSize, indices.length - start); i++)
        rows.push(values.slice(i * size, (i + 1) * size));
    }
    return rows;
  };
  return Object.assign(predict as Predictor, { dispose: step.dispose });
}
