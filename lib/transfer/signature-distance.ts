/** How far two sensors' signatures are apart, window by window. */
import * as tf from "@tensorflow/tfjs";
import { checkShape } from "../shapes";
import { headBlocks } from "./head-blocks";
import { epsilon, normalise, type Normalisation } from "./normalise";

export interface SignatureDistance {
  readonly normalisation: Normalisation;
  /** 1: the whole signature; more: the mean over heads, each by its own block. */
  readonly heads?: number;
}

/** One sensor's windows. */
export interface Signatures {
  /** [batch, dim, dim] */
  readonly signatures: tf.Tensor3D;
  /** [batch]: valid tokens of each. */
  readonly tokens: tf.Tensor1D;
}

/**
 * √(Σ (N(S_B) - N(S_A))² + 10⁻¹²): [batch]. The plain norm has no slope at 0, this one 0.
 *
 * The slope's length is 1 wherever the two differ, however little: near the goal it pulls as hard as far away.
 */
export function signatureDistance(
  target: Signatures,
  source: Signatures,
  { normalisation, heads = 1 }: SignatureDistance,
): tf.Tensor1D {
  const [batch, dim] = target.signatures.shape;
  const remedy = "give both sensors the same batch and dim";
  checkShape("signatureDistance: source", source.signatures, { batch, dim, "dim'": dim }, remedy);
  return tf.tidy(() => {
    const [b, a] = [target, source].map(({ signatures, tokens }) =>
      normalise(headBlocks(signatures, heads), normalisation, tokens),
    );
    return b!.sub(a!).square().sum([2, 3]).add(epsilon).sqrt().mean<tf.Tensor1D>(1); // over heads
  });
}
