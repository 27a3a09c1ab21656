/** What the three methods give: embeddings, and of which modalities each is. */
import type * as tf from "@tensorflow/tfjs";
import type { Weights, WeightShapes } from "./weights";

/** One embedding of a sample. */
export interface Target {
  /** The modalities of which it is, by number; all of them: the root. */
  readonly members: readonly number[];
  readonly kind: "modality" | "channel";
}

export interface Embedded {
  /** [batch, target, dim] */
  readonly embeddings: tf.Tensor3D;
  /** [batch, modality] */
  readonly presence: tf.Tensor2D;
}

export interface Network {
  /** [target]: modalities, then channels, the root first of these. */
  readonly targets: readonly Target[];
  /** Which of them stands for everything; none where it has to be made afterwards, see `fusedEmbeddings`. */
  readonly root: number | undefined;
  readonly shapes: WeightShapes;
  readonly weights: Weights;
  /** A pure function of inputs (see `encodeTokens`) and weights. */
  embed(inputs: tf.NamedTensorMap): Embedded;
  dispose(): void;
}
