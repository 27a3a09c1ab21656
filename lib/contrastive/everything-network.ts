/** Everything at once: one trunk, one pass for each modality and each pair, and means of what comes out. */
import * as tf from "@tensorflow/tfjs";
import { everythingPasses } from "../attention/everything-passes";
import { openMask } from "../attention/open-mask";
import { keepWhere } from "../engine/keep-where";
import { denseReader } from "./dense-reader";
import { logScale } from "./fusion-network";
import { encoderShapes, encodeTokens } from "./modality-tokens";
import type { Embedded, Network, Target } from "./network";
import { hasTrap, type NetworkOptions } from "./network-options";
import { anyPresent } from "./presence-of";
import { trunk, trunkShapes } from "./trunk";
import { trunkPublished, trunkPublishedShapes } from "./trunk-published";
import { makeWeights, named, type WeightShapes, weightsUnder } from "./weights";

export interface EverythingOptions extends NetworkOptions {
  /** The sets of each pass; all modalities and all pairs if not given. */
  readonly passes?: readonly (readonly number[])[];
}

/** No learned tokens and no pooling: encoders, trunk, and the loss's scale. */
export const everythingShapes = (options: NetworkOptions): WeightShapes => ({
  ...encoderShapes(options.modalities, options.dim),
  ...named("trunk", (hasTrap(options, "one norm") ? trunkPublishedShapes : trunkShapes)(options)),
  ...logScale,
});

/**
 * In each pass all tokens read all. The embedding of a set is the mean of its valid tokens, 0 where it has none.
 *
 * A fused vector is not part of the network (trap E4): see `fusedAfterwards`. Sequences keep their sinusoid in `published`,
 * as the public comparison does; the original tells no positions (trap E3), and `corrected` follows it.
 */
export function everythingNetwork(options: EverythingOptions): Network {
  const { modalities, seed } = options;
  const passes = options.passes ?? everythingPasses(modalities.length);
  const shapes = everythingShapes(options);
  const weights = makeWeights(shapes, seed);
  const targets = passes.map((members): Target => ({
    members,
    kind: members.length === 1 ? "modality" : "channel",
  }));
  const run = hasTrap(options, "one norm") ? trunkPublished : trunk;
  const bySize = groupsOf(
    passes.map((members) => members.reduce((sum, m) => sum + modalities[m]!.tokens, 0)),
  );
  const embed = (inputs: tf.NamedTensorMap): Embedded => {
    const encoded = encodeTokens(inputs, modalities, weights, hasTrap(options, "positions"));
    const means = new Array<tf.Tensor2D>(passes.length);
    for (const group of bySize) {
      const joined = <T extends tf.Tensor>(parts: readonly T[]): tf.Tensor =>
        tf.concat(
          group.map((p) =>
            tf.concat(
              passes[p]!.map((m) => parts[m]!),
              1,
            ),
          ),
          0,
        );
      const [x, open] = [joined(encoded.tokens) as tf.Tensor3D, joined(encoded.validity) as tf.Tensor2D];
      const read = denseReader(openMask({ size: x.shape[1] }).slice(0, 1))(open); // one row for all queries
      const mean = maskedMean(run(x, weightsUnder(weights, "trunk"), options, read), open);
      // tfjs cannot take the gradient of a split into one part
      const parts = group.length > 1 ? tf.split(mean, group.length, 0) : [mean];
      parts.forEach((part, i) => (means[group[i]!] = part as tf.Tensor2D));
    }
    const stacked = tf.stack(means, 1) as tf.Tensor3D;
    const open = anyPresent(encoded.presence, targets).expandDims(2);
    return { embeddings: keepWhere(stacked, open), presence: encoded.presence };
  };
  const dispose = (): void => tf.dispose(Object.values(weights));
  return { targets, root: undefined, shapes, weights, embed, dispose };
}

/** Numbers of the passes that have as many tokens: they go through the trunk together. */
function groupsOf(sizes: readonly number[]): number[][] {
  return [...new Set(sizes)].map((size) => sizes.flatMap((other, i) => (other === size ? [i] : [])));
}

/** Σ vₜ xₜ / Σ vₜ, 0 where no token is valid: [batch, token, dim] → [batch, dim] */
export function maskedMean(x: tf.Tensor3D, validity: tf.Tensor2D): tf.Tensor2D {
  const weights = validity.div(tf.maximum(validity.sum(1, true), 1)).expandDims<tf.Tensor3D>(1); // [batch, 1, token]
  return weights.matMul(x).squeeze([1]);
}
