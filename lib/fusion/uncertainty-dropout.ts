/** Late fusion by the uncertainty that dropout shows: who changes their mind when neurons are missing counts less. */
import * as tf from "@tensorflow/tfjs";
import { keyedUniform } from "../engine/keyed-random";
import { seedFor } from "../random";
import type { EarlyFusionOptions } from "./early";
import { WeightedSum } from "./fusion-weights";
import { fusionWeightsName } from "./fusion-weights-of";
import { lateMeanFusion } from "./late-mean";

/** As published; below this a variance counts as none. */
const epsilon = 1e-6;

export interface DropoutPassesConfig {
  readonly name: string;
  readonly rate: number;
  readonly passes: number;
  readonly seed: number;
}

/**
 * x ⊙ mask_p / (1 - rate) for each pass p: [batch, feature] → [batch, pass, feature].
 *
 * A pass is one thinned network that all windows are shown to: its mask depends on seed, name and pass alone, so that a
 * window's answer depends neither on its company nor on when it is asked.
 */
export class DropoutPasses extends tf.layers.Layer {
  static readonly className = "DropoutPasses";
  private readonly config: DropoutPassesConfig;

  constructor(config: DropoutPassesConfig) {
    super({ name: config.name });
    this.config = config;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = [inputs].flat()[0] as tf.Tensor2D;
    const { name, rate, passes, seed } = this.config;
    return tf.tidy(() => {
      const key = tf.tensor1d([seedFor(seed, name) >>> 1, 0], "int32"); // below 2^30, as keyed random numbers want it
      const kept = keyedUniform([1, passes, x.shape[1]], key, name).greaterEqual(rate).cast("float32");
      return x.expandDims(1).mul(kept.div(1 - rate));
    });
  }

  override computeOutputShape([batch, feature]: tf.Shape): tf.Shape {
    return [batch!, this.config.passes, feature!];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

/**
 * w_m = h_m / (v_m + ε), shared out, with v_m the variance over passes of each class's probability, in the mean over
 * classes. In training the weights are equal: these are no part of what is learned.
 *
 *     heard [batch, modality], M × logits [batch, pass, class] → [batch, modality]
 */
export class InverseVarianceWeights extends tf.layers.Layer {
  static readonly className = "InverseVarianceWeights";

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor {
    const [heard, ...passes] = inputs as [tf.Tensor2D, ...tf.Tensor3D[]];
    return tf.tidy(() => {
      if (kwargs["training"]) return heard.div(heard.sum(1, true).maximum(1));
      const variances = passes.map((logits) => {
        const probabilities = tf.softmax(logits);
        const squares = probabilities.sub(probabilities.mean(1, true)).square(); // [batch, pass, class]
        return squares
          .sum(1)
          .div(logits.shape[1] - 1)
          .mean(1, true); // [batch, 1]
      });
      const weights = heard.div(tf.concat(variances, 1).add(epsilon));
      return weights.div(weights.sum(1, true).maximum(1e-30));
    });
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    return shapes[0]!;
  }
}

tf.serialization.registerClass(DropoutPasses);
tf.serialization.registerClass(InverseVarianceWeights);

export interface DropoutWeightOptions {
  readonly modalities: readonly { readonly name: string }[];
  /** Share of each head's hidden layer that a pass leaves out. */
  readonly rate: number;
  /** 2 or more; 20 by default. */
  readonly passes?: number;
  readonly seed: number;
}

/**
 * A model that shares every weight of a `lateMeanFusion`, trained or loaded, and weighs its votes by Monte Carlo dropout
 * (Gal & Ghahramani 2016). The votes themselves are made without dropout, as they were: nothing but their weights
 * differs from the mean, and nothing of the given model changes.
 */
export function weighByDropout(
  model: tf.LayersModel,
  { modalities, rate, passes = 20, seed }: DropoutWeightOptions,
): tf.LayersModel {
  if (!(passes >= 2))
    throw new Error(`weighByDropout: expected 2 passes or more, got ${passes}; one pass has no variance`);
  const output = (name: string) => model.getLayer(name).output as tf.SymbolicTensor;
  const votes = modalities.map(({ name }) => {
    const thinned = new DropoutPasses({ name: `${name}_passes`, rate, passes, seed });
    const x = thinned.apply(output(`${name}_hidden`));
    return model.getLayer(`${name}_logits`).apply(x) as tf.SymbolicTensor; // [batch, pass, class]
  });
  const weights = new InverseVarianceWeights({ name: fusionWeightsName }).apply([output("heard"), ...votes]);
  const fused = new WeightedSum({ name: "weighted_logits" }).apply([
    output("votes"),
    weights as tf.SymbolicTensor,
  ]) as tf.SymbolicTensor;
  return tf.model({ inputs: model.inputs, outputs: fused, name: "uncertainty_dropout_fusion" });
}

/**
 * `lateMeanFusion`, which learns as it does, and answers with `weighByDropout`.
 *
 *     <modality>_values [batch, time, channel], <modality>_validity [batch, time], presence [batch, modality] → [batch, class]
 */
export const uncertaintyDropoutFusion = (options: EarlyFusionOptions): tf.LayersModel =>
  weighByDropout(lateMeanFusion(options), { ...options, rate: options.dropout });
