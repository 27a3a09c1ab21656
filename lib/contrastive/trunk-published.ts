/** The trunk of the public code: one norm for both halves, and what is added is the normalised value. */
import type * as tf from "@tensorflow/tfjs";
import { geglu, gegluShapes } from "./geglu";
import { scaleNorm } from "./linear";
import type { Read } from "./read-tokens";
import { attentionShapes, layersOf, selfAttention, type TrunkOptions } from "./trunk";
import { constantShape, named, type Weights, type WeightShapes, weightsUnder } from "./weights";

/** At the published size 512 + 4 · 512² + 3 · 512 · 1,365 = 3,145,728 a layer. */
export function trunkPublishedShapes(options: TrunkOptions): WeightShapes {
  const { dim, depth } = options;
  const layer = {
    norm1: constantShape(dim, 1),
    ...attentionShapes(options),
    ...named("feed", gegluShapes(dim)),
  };
  return { ...layersOf(depth, layer), norm: constantShape(dim, 1) };
}

/**
 * u = norm(x), y = A(u) + u, v = norm(y), z = F(v) + v with the same norm twice (trap M1): the residual path is normalised
 * at every half, so nothing runs straight through.
 *
 * @see trunk
 */
export function trunkPublished(
  x: tf.Tensor3D,
  weights: Weights,
  options: TrunkOptions,
  read: Read,
): tf.Tensor3D {
  for (let i = 0; i < options.depth; i++) {
    const layer = weightsUnder(weights, `layer${i}`);
    const u = scaleNorm(x, layer["norm1"]!);
    const v = scaleNorm(selfAttention(u, layer, options, read).add<tf.Tensor3D>(u), layer["norm1"]!);
    x = geglu(v, weightsUnder(layer, "feed")).add(v);
  }
  return scaleNorm(x, weights["norm"]!);
}
