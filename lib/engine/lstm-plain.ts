/** The steps of an LSTM in plain operations, for engines without block operations. */
import * as tf from "@tensorflow/tfjs";
import { sigmoidBack, tanhBack } from "./activation-slopes";
import { type LstmInputs, type LstmState, type LstmTrace, type StepGradients, traced } from "./lstm-trace";
import type { OutputGradients } from "./recurrent-sequence";

/** What depends on the input alone is computed for all steps at once. */
export function plainForward({ x, kernel, recurrentKernel, bias, ...initial }: LstmInputs): LstmTrace {
  const [batch, time, channels] = x.shape;
  const series = x.transpose([1, 0, 2]).reshape([time * batch, channels]);
  const fromInputs = series.matMul(kernel).add(bias).reshape([time, batch, -1]);
  let [h, c]: tf.Tensor[] = [initial.h, initial.c];
  const steps = tf.unstack(fromInputs).map((fromInput) => {
    const gates = tf.split(fromInput.add(h!.matMul(recurrentKernel)), 4, 1);
    const [i, f, ci, o] = [gates[0]!.sigmoid(), gates[1]!.sigmoid(), gates[2]!.tanh(), gates[3]!.sigmoid()];
    c = f.mul(c!).add(i.mul(ci));
    const co = c.tanh();
    h = o.mul(co);
    return { i, cs: c, f, o, ci, co, hs: h };
  });
  const series3 = traced.map((name) => [name, tf.stack(steps.map((step) => step[name]))] as const);
  return Object.fromEntries(series3) as unknown as LstmTrace;
}

/**
 * With the trace known, a step back is linear in dh and dc:
 *
 *     dc += dh o (1 - tanh²c);  d[i, g, f, o] = [dc, dc, dc, dh] ⊙ a;  dc ← dc f;  dh ← d[i, g, f, o] Uᵀ
 *
 * where a = [g i (1 - i), i (1 - g²), c₋₁ f (1 - f), tanh(c) o (1 - o)] is computed for all steps at once.
 *
 * @param weightsBack [4 · hidden, hidden], Uᵀ with its rows in the order i, g, f, o
 */
export function plainBackward(
  { c }: Pick<LstmInputs, "c">,
  { i, cs, f, o, ci, co }: LstmTrace,
  weightsBack: tf.Tensor2D,
  given: OutputGradients<keyof LstmState>,
): StepGradients {
  const time = cs.shape[0];
  const before = tf.concat([c.expandDims<tf.Tensor3D>(0), cs], 0).slice([0, 0, 0], [time, -1, -1]);
  const slopes = [sigmoidBack(i, ci), tanhBack(ci, i), sigmoidBack(f, before), sigmoidBack(o, co)];
  const a = tf.unstack(tf.concat(slopes, 2));
  const outputSlopes = tf.unstack(tanhBack(co, o));
  const forget = tf.unstack(f);
  const gates: tf.Tensor[] = [];
  let [dh, dc]: [tf.Tensor, tf.Tensor] = [given.h, given.c];
  for (let t = time - 1; t >= 0; t--) {
    const dy = given.outputs[t];
    if (dy) dh = dh.add(dy);
    dc = dc.add(dh.mul(outputSlopes[t]!));
    gates[t] = tf.concat([dc, dc, dc, dh], 1).mul(a[t]!);
    dc = dc.mul(forget[t]!);
    dh = gates[t]!.matMul(weightsBack);
  }
  return { gates: tf.stack(gates) as tf.Tensor3D, h: dh as tf.Tensor2D, c: dc as tf.Tensor2D };
}
