/** The steps of a GRU: products with the input hoisted out of the loop, and a backward pass that is linear in it. */
import * as tf from "@tensorflow/tfjs";
import { sigmoidBack, tanhBack } from "./activation-slopes";
import type { GruInputs, GruTrace } from "./gru-trace";
import type { OutputGradients } from "./recurrent-sequence";
import { transposed } from "./transposed";

/**
 * z, r = σ(x W + h U + b), g = h Uₙ + bₙ, n = tanh(x Wₙ + b'ₙ + r g), h' = n + z (h - n)
 */
export function gruForward({ x, kernel, recurrentKernel, bias, ...initial }: GruInputs): GruTrace {
  const [batch, time, channels] = x.shape;
  const hidden = initial.h.shape[1];
  const [both, one] = [2 * hidden, hidden];
  const series = x.transpose([1, 0, 2]).reshape([time * batch, channels]);
  const [kernelGates, kernelN] = tf.split(kernel, [both, one], 1);
  const [recurrentGates, recurrentN] = tf.split(recurrentKernel, [both, one], 1);
  const [biasGates, biasN] = tf.split(bias, [both, one], 1); // [input and recurrent, ...]
  const [inputBiasN, recurrentBiasN] = tf.unstack(biasN!);
  const ofGates = series.matMul(kernelGates!).add(biasGates!.sum(0)).reshape([time, batch, both]);
  const ofN = tf.unstack(series.matMul(kernelN!).add(inputBiasN!).reshape([time, batch, one]));
  let h: tf.Tensor = initial.h;
  const steps = tf.unstack(ofGates).map((x, t) => {
    const gates = h.matMul(recurrentGates!).add(x).sigmoid();
    const [z, r] = tf.split(gates, 2, 1);
    const g = h.matMul(recurrentN!).add(recurrentBiasN!);
    const n = r!.mul(g).add(ofN[t]!).tanh();
    h = h.sub(n).mul(z!).add(n);
    return { gates, n, g, hs: h };
  });
  const stack = (name: keyof GruTrace): tf.Tensor3D =>
    tf.stack(steps.map((step) => step[name])) as tf.Tensor3D;
  return { gates: stack("gates"), n: stack("n"), g: stack("g"), hs: stack("hs") };
}

/**
 * With the trace known, a step back is linear in dh: d[z, r, g] = [dh, dh, dh] ⊙ a, dh ← d[z, r, g] Uᵀ + dh z, where
 *
 *     a = [(h₋₁ - n) z (1 - z), aₙ r g (1 - r), aₙ r] and aₙ = (1 - z) (1 - n²)
 *
 * are computed for all steps at once, and so are the sums over steps.
 *
 * @param fromZero whether the initial state is all 0, and so adds nothing to U's gradient
 */
export function gruGradient(
  { x, kernel, recurrentKernel, h }: Omit<GruInputs, "bias">,
  { gates, n, g, hs }: GruTrace,
  given: OutputGradients<"h">,
  fromZero: boolean,
): Record<keyof GruInputs, () => tf.Tensor> {
  const [batch, time, channels] = x.shape;
  const hidden = h.shape[1];
  const rows = time * batch;
  const flat = (series: tf.Tensor, width: number): tf.Tensor2D => series.reshape([rows, width]);
  const steps = tf.tidy(() => {
    const [z, r] = tf.split(gates, 2, 2) as [tf.Tensor3D, tf.Tensor3D];
    const before = tf.concat([h.expandDims<tf.Tensor3D>(0), hs.slice([0], [time - 1])], 0);
    const an = tanhBack(n, tf.sub(1, z));
    const az = sigmoidBack(z, before.sub(n));
    const ar = sigmoidBack(r, an.mul(g));
    const ag = an.mul(r);
    const a = tf.unstack(tf.concat([az, ar, ag], 2));
    const kept = tf.unstack(z);
    const back = transposed(recurrentKernel);
    const [ofGates, ofStates]: tf.Tensor[][] = [[], []];
    let dh: tf.Tensor = given.h;
    for (let t = time - 1; t >= 0; t--) {
      const dy = given.outputs[t];
      if (dy) dh = dh.add(dy);
      ofStates![t] = dh;
      ofGates![t] = tf.concat([dh, dh, dh], 1).mul(a[t]!);
      dh = ofGates![t]!.matMul(back).add(dh.mul(kept[t]!));
    }
    const recurrent = flat(tf.stack(ofGates!), 3 * hidden); // of h U + its bias
    const dn = flat(tf.stack(ofStates!).mul(an), hidden);
    const input = tf.concat([recurrent.slice([0, 0], [-1, 2 * hidden]), dn], 1); // of x W + its bias
    return { dh, recurrent, input };
  });
  const ones = (): tf.Tensor2D => tf.ones([1, rows]); // TensorFlow's sum over a leading axis takes up to 2 (AVX2) or 10 (AVX-512) times as long
  return {
    x: () => {
      const dx = steps.input.matMul(transposed(kernel)); // [time · batch, channel]
      return dx.reshape([time, batch, channels]).transpose([1, 0, 2]);
    },
    kernel: () => flat(x.transpose([1, 0, 2]), channels).matMul(steps.input, true),
    recurrentKernel: () => {
      const earlier = flat(hs, hidden).slice([0, 0], [rows - batch, -1]); // each step read the one before it
      const later = earlier.matMul(steps.recurrent.slice([batch, 0], [rows - batch, -1]), true);
      return fromZero ? later : later.add(h.matMul(steps.recurrent.slice([0, 0], [batch, -1]), true));
    },
    bias: () => tf.concat([ones().matMul(steps.input), ones().matMul(steps.recurrent)], 0),
    h: () => steps.dh,
  };
}
