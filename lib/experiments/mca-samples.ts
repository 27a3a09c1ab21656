/** Samples on their way into a network: scaled by training, masked by the plan, as tensors. */
import * as tf from "@tensorflow/tfjs";
import type { ModalityTokens } from "../contrastive/network-options";
import { fitTokenScaler, scaleTokens, type TokenData } from "../data/token-data";

export interface McaSamples {
  readonly modalities: readonly ModalityTokens[];
  /** The inputs of `encodeTokens` for these samples; what the plan hides is not even copied. */
  gather(rows: ArrayLike<number>, plan: Uint8Array): tf.NamedTensorMap;
}

/** @param train rows whose statistics scale everything @param only modalities, by number; all if not given */
export function mcaSamples(data: TokenData, train: Int32Array, only?: readonly number[]): McaSamples {
  const chosen = only ?? data.modalities.map((_, m) => m);
  const scaled = chosen.map((m) => {
    const modality = data.modalities[m]!;
    return { ...modality, ...scaleTokens(modality, fitTokenScaler(modality, train)) };
  });
  const count = data.modalities.length;
  return {
    modalities: scaled.map(({ name, tokens, width, kind }) => ({ name, tokens, width, encoder: kind })),
    gather(rows, plan) {
      const batch = rows.length;
      const presence = new Float32Array(batch * chosen.length);
      const inputs: tf.NamedTensorMap = {};
      scaled.forEach(({ name, tokens, width, values, validity }, c) => {
        const size = tokens * width;
        const [x, open] = [new Float32Array(batch * size), new Float32Array(batch * tokens)];
        for (let i = 0; i < batch; i++) {
          const row = rows[i]!;
          if (!plan[row * count + chosen[c]!]) continue;
          presence[i * chosen.length + c] = 1;
          x.set(values.subarray(row * size, (row + 1) * size), i * size);
          open.set(validity.subarray(row * tokens, (row + 1) * tokens), i * tokens);
        }
        inputs[`${name}_values`] = tf.tensor3d(x, [batch, tokens, width]);
        inputs[`${name}_validity`] = tf.tensor2d(open, [batch, tokens]);
      });
      inputs["presence"] = tf.tensor2d(presence, [batch, chosen.length]);
      return inputs;
    },
  };
}
