/** The one embedding that stands for a sample. */
import type { Embeddings } from "./embed-all";
import type { Network } from "./network";

/**
 * The root, where the network has one.
 *
 * Everything-at-once has none. Its vector is made after inference (trap E4, and undocumented in public): the mean of the
 * embeddings, each of length 1, of the modalities that are there, brought to length 1 again. It holds each of them, so that
 * a modality that looks for its own sample finds a part of itself: retrieval without the query's modality is the control.
 *
 * @param presence [sample, modality]
 * @returns [sample, dim]
 */
export function fusedEmbeddings(
  { targets: embeddings, samples, dim }: Embeddings,
  { targets, root }: Pick<Network, "targets" | "root">,
  presence: ArrayLike<number>,
): Float32Array {
  if (root !== undefined) return embeddings[root]!;
  const modalities = targets.filter(({ kind }) => kind === "modality").length;
  return meanOfPresent(embeddings, modalities, samples, dim, presence);
}

/** @param embeddings [modality][sample, dim] @returns [sample, dim] */
export function meanOfPresent(
  embeddings: readonly Float32Array[],
  modalities: number,
  samples: number,
  dim: number,
  presence: ArrayLike<number>,
): Float32Array {
  const out = new Float32Array(samples * dim);
  for (let i = 0; i < samples; i++) {
    for (let m = 0; m < modalities; m++) {
      if (!presence[i * modalities + m]) continue;
      const row = embeddings[m]!.subarray(i * dim, (i + 1) * dim);
      const length = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0)) || 1;
      for (let k = 0; k < dim; k++) out[i * dim + k]! += row[k]! / length;
    }
    const own = out.subarray(i * dim, (i + 1) * dim);
    const length = Math.sqrt(own.reduce((sum, x) => sum + x * x, 0)) || 1;
    for (let k = 0; k < dim; k++) own[k]! /= length;
  }
  return out;
}
