/** What a trained cross-attention looks at: its weights on test windows, as plain numbers, and their summary. */
import * as tf from "@tensorflow/tfjs";
import type { Scaler } from "../data/scaler";
import type { Windows } from "../data/windows";
import { attentionOf } from "../fusion/attention-of";
import { meanEntropy } from "../metrics/attention-entropy";
import { crossModalMatrix, keysByModality, windowsByClass } from "../metrics/attention-summary";
import { readEvenly, type WindowAttention, windowAttentions } from "../metrics/window-attention";
import { labelsOf } from "../train/labels";
import { predictor } from "../train/predict";
import type { Result } from "./result";

export interface ReadAttention {
  /** In the order of `indices`. */
  readonly windows: readonly WindowAttention[];
  /** [token]: whose it is; queries and keys are the same tokens. */
  readonly modality: readonly string[];
}

/** @param model a `crossAttentionFusion`, trained or loaded */
export async function readAttention(
  model: tf.LayersModel,
  scaler: Scaler,
  windows: Windows,
  indices: Int32Array,
): Promise<ReadAttention> {
  if (windows.space.kind !== "class")
    throw new Error(
      "readAttention: expected windows with classes, got others; choose a data set with classes",
    );
  const mask = model.getLayer("token_mask");
  const { counts } = mask.getConfig() as { counts: number[] };
  const allowedOf = tf.model({ inputs: model.inputs, outputs: mask.output as tf.SymbolicTensor });
  const ask = async (what: tf.LayersModel): Promise<Float32Array[]> => {
    const read = predictor(what, scaler, 16);
    const rows = await read(windows, indices);
    read.dispose();
    return rows;
  };
  const [weights, allowed] = [await ask(attentionOf(model)), await ask(allowedOf)];
  const { classes } = windows.space;
  const tokens = counts.reduce((sum, count) => sum + count, 0);
  const labels = labelsOf(windows, indices);
  return {
    windows: weights.flatMap((row, i) =>
      windowAttentions(row, [1, row.length / tokens ** 2, tokens, tokens], allowed[i]!, [
        classes[labels[i]!]!,
      ]),
    ),
    modality: counts.flatMap((count, m) => new Array<string>(count).fill(windows.names[m]!)),
  };
}

/** By class, and for all windows together as "all": who reads whom, beside a reader without any preference. */
export function summariseAttention({ windows, modality }: ReadAttention): NonNullable<Result["attention"]> {
  const asked = [...new Set(modality)];
  const read = groupsOf(keysByModality(windows, modality));
  const evenly = groupsOf(keysByModality(readEvenly(windows), modality));
  return {
    shares: [...read].flatMap(([name, own]) => {
      const even = crossModalMatrix(evenly.get(name)!, modality, asked);
      return crossModalMatrix(own, modality, asked).map((row, i) => ({
        ...{ class: name, query: row.query, key: row.key },
        ...{ weight: row.weight, even: even[i]!.weight },
      }));
    }),
    entropy: meanEntropy(windows).map((value) => (Number.isNaN(value) ? null : value)),
  };
}

const groupsOf = (windows: readonly WindowAttention[]): Map<string, readonly WindowAttention[]> =>
  new Map<string, readonly WindowAttention[]>([["all", windows], ...windowsByClass(windows)]);
