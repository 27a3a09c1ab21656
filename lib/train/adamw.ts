/** AdamW as a pure update of variables, so that it can be part of a compiled step. */
import * as tf from "@tensorflow/tfjs";
import { clipGlobalNorm } from "./clip";
import { flatten, unflatten } from "./flat";

export interface AdamWOptions {
  readonly weightDecay: number;
  readonly beta1?: number;
  readonly beta2?: number;
  /** Added after the bias-corrected root. */
  readonly epsilon?: number;
}

export interface AdamW {
  /** Moments m and v, each [number], those of one weight after those of another, and the number of steps: what a checkpoint must hold. */
  readonly slots: readonly [m: tf.Variable, v: tf.Variable, count: tf.Variable];
  /**
   * θ ← θ (1 - η λ), m ← β₁ m + (1 - β₁) g, v ← β₂ v + (1 - β₂) g², θ ← θ - η m̂ / (√v̂ + ε) (Loshchilov & Hutter 2019).
   *
   * @param gradients by the variables' names
   * @param learningRate η, a scalar tensor, since a number would be frozen into a compiled step
   * @param clipNorm the norm of all gradients together that they are clipped to before
   * @returns that norm before clipping, a scalar
   */
  update(gradients: tf.NamedTensorMap, learningRate: tf.Scalar, clipNorm?: number): tf.Scalar;
  dispose(): void;
}

/**
 * All weights' numbers stand in one vector, so that a step is some twenty operations and a few more for each weight.
 *
 * @param weights all of them decay alike, as PyTorch does by default
 */
export function adamW(weights: readonly tf.Variable[], options: AdamWOptions): AdamW {
  const { weightDecay, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  const size = weights.reduce((sum, weight) => sum + weight.size, 0);
  const slot = (name: string, shape: number[]) =>
    tf.tidy(() => tf.variable(tf.zeros(shape), false, uniqueName(`adamw/${name}`)));
  const [m, v, count] = [slot("m", [size]), slot("v", [size]), slot("step", [])];
  return {
    slots: [m, v, count],
    update: (gradients, learningRate, clipNorm = Infinity) =>
      tf.tidy(() => {
        const { clipped: g, norm } = clipGlobalNorm(flatten(ordered(gradients, weights)), clipNorm);
        count.assign(count.add(1));
        const rate1 = learningRate.div(oneMinusPower(beta1, count)); // η / (1 - β₁ᵗ)
        const root2 = oneMinusPower(beta2, count).sqrt(); // √(1 - β₂ᵗ)
        m.assign(m.mul(beta1).add(g.mul(1 - beta1)));
        v.assign(v.mul(beta2).add(g.square().mul(1 - beta2)));
        const steps = unflatten(m.mul(rate1).div(v.sqrt().div(root2).add(epsilon)) as tf.Tensor1D, weights);
        const kept = tf.sub(1, learningRate.mul(weightDecay));
        weights.forEach((weight, i) => weight.assign(weight.mul(kept).sub(steps[i]!)));
        return norm;
      }),
    dispose: () => tf.dispose([m, v, count]),
  };
}

const ordered = (gradients: tf.NamedTensorMap, weights: readonly tf.Variable[]): tf.Tensor[] =>
  weights.map(({ name }) => {
    const gradient = gradients[name];
    if (gradient) return gradient;
    throw new Error(`adamW: expected a gradient for each weight, got none for ${name}; is it used?`);
  });

/** 1 - βᵗ as -(exp(t ln β) - 1): as a difference, 0.999ᵗ would cost the first steps three of float32's seven digits. */
const oneMinusPower = (beta: number, count: tf.Tensor): tf.Tensor => count.mul(Math.log(beta)).expm1().neg();

/** tfjs refuses a second variable of the same name in a process. */
let made = 0;
const uniqueName = (name: string): string => `${name}_${made++}`;
