/** The steps of an LSTM by TensorFlow's own block operations: one for all steps forward, one a step backward. */
import * as tf from "@tensorflow/tfjs";
import type { LstmInputs, LstmState, LstmTrace, StepGradients } from "./lstm-trace";
import type { OutputGradients } from "./recurrent-sequence";
import type { NativeBackend } from "./native-backend";
import { dataTypes } from "./saved-model";

const float = { name: "T", type: 4, value: dataTypes.float32 } as const;
const noPeephole = { name: "use_peephole", type: 3, value: false } as const;

/** BlockLSTMV2: gates in the order i, f, g, o, as in Keras. */
export function nativeForward(backend: NativeBackend, inputs: LstmInputs): LstmTrace {
  const { x, kernel, recurrentKernel, bias, h, c } = inputs;
  const series = x.transpose([1, 0, 2]); // [time, batch, channel]
  const peephole = tf.zeros([h.shape[1]]);
  const weights = tf.concat([kernel, recurrentKernel], 0);
  const attrs = [{ name: "cell_clip", type: 2, value: 0 }, noPeephole, float];
  const tensors = [series, c, h, weights, peephole, peephole, peephole, bias];
  // tfjs-node never frees its own Int64Scalar, so the number of steps is made and freed here
  const steps = backend.binding.createTensor([], dataTypes.int64, Int32Array.of(x.shape[1], 0));
  const ids = [steps, ...backend.getInputTensorIds(tensors)];
  const outputs = backend.binding.executeOp("BlockLSTMV2", attrs, ids, 7);
  backend.binding.deleteTensor(steps);
  const [i, cs, f, o, ci, co, hs] = outputs.map((metadata) => backend.createOutputTensor(metadata));
  return { i, cs, f, o, ci, co, hs } as LstmTrace;
}

/**
 * LSTMBlockCellGrad in each step, with gates in the order i, g, f, o.
 *
 * @param weightsBack [4 · hidden, hidden], Uᵀ with its rows in that order
 */
export function nativeBackward(
  backend: NativeBackend,
  { x, kernel, recurrentKernel, h, c }: Omit<LstmInputs, "bias">,
  trace: LstmTrace,
  weightsBack: tf.Tensor2D,
  given: OutputGradients<keyof LstmState>,
): StepGradients {
  const [batch, hidden] = h.shape;
  const { i, cs, f, o, ci, co } = trace;
  const seen = [i, cs, f, o, ci, co].map((series) => tf.unstack(series));
  // of x, h, the weights and the bias it reads nothing but their shapes
  const blank = tf.zeros([batch, x.shape[2]]);
  const weights = tf.concat([kernel, recurrentKernel], 0);
  const [peephole, bias] = [tf.zeros([hidden]), tf.zeros([4 * hidden])];
  const gates: tf.Tensor[] = [];
  let [dh, dc]: tf.Tensor[] = [given.h, given.c];
  for (let t = cs.shape[0] - 1; t >= 0; t--) {
    const dy = given.outputs[t];
    const before = t > 0 ? seen[1]![t - 1]! : c;
    const read = [blank, before, h, weights, peephole, peephole, peephole, bias];
    const [dcBefore, dGates] = backend.executeMultipleOutputs(
      "LSTMBlockCellGrad",
      [noPeephole, float],
      [...read, ...seen.map((series) => series[t]!), dc!, dy ? dh!.add(dy) : dh!],
      5,
    );
    gates[t] = dGates!;
    dh = dGates!.matMul(weightsBack);
    dc = dcBefore;
  }
  return { gates: tf.stack(gates) as tf.Tensor3D, h: dh as tf.Tensor2D, c: dc as tf.Tensor2D };
}
