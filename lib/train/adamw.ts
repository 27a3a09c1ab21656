/** AdamW as a pure update of variables, so that it can be part of a compiled step. */
import * as tf from "@tensorflow/tfjs";

export interface AdamWOptions {
  readonly weightDecay: number;
  readonly beta1?: number;
  readonly beta2?: number;
  /** Added after the bias-corrected root. */
  readonly epsilon?: number;
}

export interface AdamW {
  /** Moments of each weight, and the number of steps: what a checkpoint must hold. */
  readonly slots: readonly tf.Variable[];
  /**
   * θ ← θ (1 - η λ), m ← β₁ m + (1 - β₁) g, v ← β₂ v + (1 - β₂) g², θ ← θ - η m̂ / (√v̂ + ε) (Loshchilov & Hutter 2019).
   *
   * @param gradients by the variables' names
   * @param learningRate η, a scalar tensor, since a number would be frozen into a compiled step
   */
  update(gradients: tf.NamedTensorMap, learningRate: tf.Scalar): void;
  dispose(): void;
}

/** @param weights all of them decay alike, as PyTorch does by default */
export function adamW(weights: readonly tf.Variable[], options: AdamWOptions): AdamW {
  const { weightDecay, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  const zeros = (suffix: string) =>
    weights.map((w) =>
      tf.tidy(() => tf.variable(tf.zeros(w.shape), false, uniqueName(`${w.name}/${suffix}`))),
    );
  const [first, second] = [zeros("m"), zeros("v")];
  const count = tf.tidy(() => tf.variable(tf.scalar(0), false, uniqueName("adamw/step")));
  const slots = [...first, ...second, count];
  return {
    slots,
    update: (gradients, learningRate) =>
      tf.tidy(() => {
        count.assign(count.add(1));
        const rate1 = learningRate.div(oneMinusPower(beta1, count)); // η / (1 - β₁ᵗ)
        const root2 = oneMinusPower(beta2, count).sqrt(); // √(1 - β₂ᵗ)
        const kept = tf.sub(1, learningRate.mul(weightDecay));
        weights.forEach((weight, i) => {
          const gradient = gradients[weight.name];
          if (!gradient)
            throw new Error(
              `adamW: expected a gradient for each weight, got none for ${weight.name}; is it used?`,
            );
          const [m, v] = [first[i]!, second[i]!];
          m.assign(m.mul(beta1).add(gradient.mul(1 - beta1)));
          v.assign(v.mul(beta2).add(gradient.square().mul(1 - beta2)));
          const step = m.mul(rate1).div(v.sqrt().div(root2).add(epsilon));
          weight.assign(weight.mul(kept).sub(step));
        });
      }),
    dispose: () => tf.dispose([...slots]),
  };
}

/** 1 - βᵗ as -(exp(t ln β) - 1): as a difference, 0.999ᵗ would cost the first steps three of float32's seven digits. */
const oneMinusPower = (beta: number, count: tf.Tensor): tf.Tensor => count.mul(Math.log(beta)).expm1().neg();

/** tfjs refuses a second variable of the same name in a process. */
let made = 0;
const uniqueName = (name: string): string => `${name}_${made++}`;
