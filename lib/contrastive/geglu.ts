/** The trunk's feed-forward half: a gated linear unit. */
import * as tf from "@tensorflow/tfjs";
import { gelu } from "../engine/gelu";
import { linear } from "./linear";
import { linearShape, type Weights, type WeightShapes } from "./weights";

/** Two thirds of four times `dim`, cut off: as many numbers as a plain layer of four times `dim`. 512 → 1,365. */
export const gegluWidth = (dim: number): number => Math.floor((dim * 4 * 2) / 3);

export const gegluShapes = (dim: number): WeightShapes => ({
  in: linearShape(dim, 2 * gegluWidth(dim)),
  out: linearShape(gegluWidth(dim), dim),
});

/**
 * (a ⊙ gelu(g)) W₂ with [a, g] = x W₁: the **second** half is the gate (Shazeer 2020 has it first; the public code of
 * Zorro and MCA has it second, which matters to nobody but a checkpoint). No bias, so that 0 stays 0.
 *
 * @param x [batch, token, dim]
 */
export function geglu(x: tf.Tensor3D, weights: Weights): tf.Tensor3D {
  const [values, gate] = tf.split(linear(x, weights["in"]!), 2, 2) as [tf.Tensor3D, tf.Tensor3D];
  return linear(values.mul<tf.Tensor3D>(gelu(gate)), weights["out"]!);
}
