/** The embeddings of many samples, batch after batch through one compiled graph. */
import * as tf from "@tensorflow/tfjs";
import { jit } from "../engine/jit";
import type { Network } from "./network";

export interface Embeddings {
  readonly samples: number;
  readonly dim: number;
  /** [target][sample, dim] */
  readonly targets: readonly Float32Array[];
}

/**
 * A function that embeds; dispose of it after the last call.
 *
 * @param batchSize the last batch is filled up with samples of its beginning, and what they give is left out (all samples
 *   are embedded: trap M13)
 */
export function embedder(network: Network, batchSize: number) {
  const run = jit(
    "embed",
    (inputs) => ({ y: network.embed(inputs).embeddings }),
    Object.values(network.weights),
  );
  const embed = (
    rows: ArrayLike<number>,
    gather: (rows: ArrayLike<number>) => tf.NamedTensorMap,
  ): Embeddings => {
    const count = network.targets.length;
    let targets: Float32Array[] = [];
    let dim = 0;
    for (let from = 0; from < rows.length; from += batchSize) {
      const some = Int32Array.from({ length: batchSize }, (_, i) => rows[(from + i) % rows.length]!);
      const inputs = gather(some);
      const { y } = run(inputs);
      dim = y!.shape[2]!;
      if (from === 0) targets = Array.from({ length: count }, () => new Float32Array(rows.length * dim));
      const values = y!.dataSync(); // [batch, target, dim]
      for (let i = 0; i < batchSize && from + i < rows.length; i++)
        for (let t = 0; t < count; t++) {
          const at = (i * count + t) * dim;
          targets[t]!.set(values.subarray(at, at + dim) as Float32Array, (from + i) * dim);
        }
      tf.dispose([inputs, y!]);
    }
    return { samples: rows.length, dim, targets };
  };
  return { embed, dispose: () => run.dispose() };
}
