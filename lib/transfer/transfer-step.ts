/** One step of training a target, compiled: its own loss and, where the gate is open, the distance to what its sources knew. */
import * as tf from "@tensorflow/tfjs";
import type { Step } from "../engine/jit";
import { withStepSeed } from "../engine/step-seed";
import { type AdamW } from "../train/adamw";
import { crossEntropy } from "../train/cross-entropy";
import type { TrainingOptions } from "../train/options";
import { weightsOf } from "../train/tensors";
import type { Alignment } from "./alignments";
import { combine, type Combination, type Learned, mapRows } from "./combine";
import { gatedMean, type Reduction } from "./gated-mean";
import { insideOf } from "./inside";
import { trackOf } from "./with-sources";

export interface Objective {
  readonly alignment: Alignment;
  /** Names of the sources, in the order of the windows' tracks. */
  readonly sources: readonly string[];
  readonly lambda: number;
  readonly reduction: Reduction;
  readonly combination: Combination;
  readonly learned: Learned;
  readonly dim: number;
  readonly labelSmoothing: number;
  /** [class] */
  readonly classWeights: tf.Tensor1D | undefined;
}

interface Losses {
  readonly crossEntropy: tf.Scalar;
  readonly alignment: tf.Scalar;
  readonly logits: tf.Tensor2D;
}

/**
 * CE(f_B(x_B), y) + λ Σ over sources of gatedMean(distance(B, A)). Sources enter as numbers: no gradient, no weight and no
 * tensor of a source's model is here.
 *
 * Inputs: the target's values and validity, `presence` [batch, 1 + source] whose last columns are the gates, each source's
 * rows, `targets` [batch, class], `rate` (scalar), `seed` int32 [2]. Outputs: `loss`, `alignment` (before λ), `correct`.
 */
export function transferStep(
  model: tf.LayersModel,
  optimiser: AdamW,
  { clipNorm }: Pick<TrainingOptions, "clipNorm">,
  objective: Objective,
): Step {
  const losses = lossesOf(model, objective);
  const trained = [...weightsOf(model).trained, ...objective.learned.all];
  return ({ rate, seed, ...inputs }) =>
    withStepSeed(seed!, () => {
      let parts: Losses | undefined;
      const { value, grads } = tf.variableGrads(() => {
        parts = losses(inputs);
        for (const tensor of Object.values(parts)) tf.keep(tensor as tf.Tensor);
        return parts.crossEntropy.add(parts.alignment.mul(objective.lambda));
      }, trained);
      optimiser.update(grads, rate as tf.Scalar, clipNorm);
      const { logits, alignment, crossEntropy: own } = parts!;
      const correct = logits.argMax(1).equal(inputs["targets"]!.argMax(1)).sum().cast("float32");
      const shown = alignment.clone();
      tf.dispose([logits, own, alignment]);
      return { loss: value, alignment: shown, correct };
    });
}

/** The norms of both losses' gradients over the target's weights, before λ: `crossEntropy`, `alignment`; nothing is learned. */
export function gradientNorms(model: tf.LayersModel, objective: Objective): Step {
  const losses = lossesOf(model, objective);
  const { trained } = weightsOf(model);
  return ({ seed, ...inputs }) =>
    withStepSeed(seed!, () => {
      const norm = (which: "crossEntropy" | "alignment"): tf.Scalar => {
        const { grads, value } = tf.variableGrads(() => losses(inputs)[which], trained);
        value.dispose();
        // weights that a loss does not reach have no gradient
        const squares = Object.values(grads).map((g) => g.square().sum());
        return squares.reduce((sum, x) => sum.add(x)).sqrt() as tf.Scalar;
      };
      return { crossEntropy: norm("crossEntropy"), alignment: norm("alignment") };
    });
}

function lossesOf(model: tf.LayersModel, objective: Objective): (inputs: tf.NamedTensorMap) => Losses {
  const { alignment, sources, reduction, combination, learned, dim, labelSmoothing, classWeights } =
    objective;
  const read = insideOf(model);
  const smoothing = classWeights ? { labelSmoothing, classWeights } : { labelSmoothing };
  return ({ targets, presence, ...inputs }) => {
    const own = presence!.slice([0, 0], [-1, 1]);
    const gate = presence!.slice([0, 1], [-1, sources.length]); // [batch, source]
    const inside = read({ ...inputs, presence: own }, { training: true });
    const target = alignment.read(inside);
    const distances = sources.map((source) => {
      const rows = inputs[`${trackOf(source)}_values`] as tf.Tensor2D;
      return alignment.distance(target, mapRows(rows, learned, dim));
    });
    const each = gatedMean<tf.Tensor1D>(tf.stack(distances, 1), gate, reduction); // [source]
    return {
      crossEntropy: crossEntropy(inside.logits, targets as tf.Tensor2D, smoothing),
      alignment: combine(each, combination, learned),
      logits: inside.logits,
    };
  };
}
