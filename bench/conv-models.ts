/** Convolutional networks; ours are stock layers, whose gradients the engine makes faster. */
import * as tf from "@tensorflow/tfjs";
import { type BenchModel, classes, first, glorot, head, trained } from "./model";

const [time, channels, filters] = [100, 17, 64];

/** [convolution, batch norm, ReLU, after] for each kernel, then `last` and the head. */
function network(kernels: readonly number[], after: "pool" | "nothing"): tf.LayersModel {
  const x = tf.input({ name: "x", shape: [time, channels] });
  const layers: tf.layers.Layer[] = kernels.flatMap((kernelSize, i) => [
    tf.layers.conv1d({ filters, kernelSize, padding: "same", kernelInitializer: glorot(i) }),
    tf.layers.batchNormalization({ epsilon: 1e-5, momentum: 0.9 }),
    tf.layers.reLU(),
    ...(after === "pool" ? [tf.layers.maxPooling1d({ poolSize: 2 })] : []),
  ]);
  layers.push(after === "pool" ? tf.layers.flatten() : tf.layers.globalAveragePooling1d({}), head());
  const outputs = layers.reduce((y, layer) => layer.apply(y) as tf.SymbolicTensor, x);
  return tf.model({ inputs: x, outputs });
}

const torchBlock = (kernel: number, inputs: string): string =>
  `nn.Conv1d(${inputs}, ${filters}, ${kernel}, padding=${(kernel - 1) / 2}), nn.BatchNorm1d(${filters}), nn.ReLU()`;

/** PyTorch gets its own layout, [batch, channel, time]. */
const channelsFirst = "prepare = lambda x: x.transpose(1, 2).contiguous()";

/** The assignment's: kernels 5 and 3, the mean over time. */
export const cnn: BenchModel = {
  name: "cnn",
  ...{ time, channels },
  ours: () => network([5, 3], "nothing"),
  stock: () => network([5, 3], "nothing"),
  torch: `
${channelsFirst}
model = nn.Sequential(
    ${torchBlock(5, "channels")},
    ${torchBlock(3, String(filters))},
    nn.AdaptiveAvgPool1d(1), nn.Flatten(), nn.Linear(${filters}, ${classes}))`,
  oursIsStock: true,
  more: { torch: 0, stock: 0 },
  productFlops:
    first(time, 5 * channels, filters) + trained(time, 3 * filters, filters) + trained(1, filters, classes),
  target: () => 0.75,
  aim: 0.6,
  wasm: true,
};

/** 3 × [convolution, batch norm, ReLU, max pool], flattened: what `npm run bench -- step` times. */
export const cnnPool: BenchModel = {
  name: "cnn-pool",
  ...{ time, channels },
  ours: () => network([5, 5, 5], "pool"),
  stock: () => network([5, 5, 5], "pool"),
  torch: `
${channelsFirst}
model = nn.Sequential(
    ${torchBlock(5, "channels")}, nn.MaxPool1d(2),
    ${torchBlock(5, String(filters))}, nn.MaxPool1d(2),
    ${torchBlock(5, String(filters))}, nn.MaxPool1d(2),
    nn.Flatten(), nn.Linear(${filters} * 12, ${classes}))`,
  oursIsStock: true,
  more: { torch: 0, stock: 0 },
  productFlops:
    first(time, 5 * channels, filters) +
    trained(time / 2 + time / 4, 5 * filters, filters) +
    trained(1, 12 * filters, classes),
  target: () => 0.75,
  aim: 0.6,
};
