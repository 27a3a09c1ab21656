/** Three pre-norm Transformer blocks over 75 tokens. */
import * as tf from "@tensorflow/tfjs";
import { AddPositions } from "fusion/dist/encoders/positions";
import { transformerEncoder } from "fusion/dist/encoders/transformer";
import { ours } from "./encoder-model";
import { type BenchModel, classes, first, glorot, head, trained } from "./model";
import { plainAttention, plainGelu, plainNorm } from "./plain-layers";

const [time, channels, dim, heads, ffn, layers] = [75, 17, 64, 4, 256, 3];

function stock(): tf.LayersModel {
  const x = tf.input({ name: "x", shape: [time, channels] });
  let seed = 0;
  const apply = (y: tf.SymbolicTensor, ...layers: tf.layers.Layer[]): tf.SymbolicTensor =>
    layers.reduce((y, layer) => layer.apply(y) as tf.SymbolicTensor, y);
  const add = (...terms: tf.SymbolicTensor[]) => tf.layers.add().apply(terms) as tf.SymbolicTensor;
  const dense = (units: number) => tf.layers.dense({ units, kernelInitializer: glorot(seed++) });
  let y = apply(x, dense(dim), new AddPositions({ name: "positions" }));
  for (let layer = 0; layer < layers; layer++) {
    const normed = apply(y, plainNorm());
    const projected = [0, 1, 2].map(() => apply(normed, dense(dim)));
    y = add(y, apply(plainAttention(heads).apply(projected) as tf.SymbolicTensor, dense(dim)));
    y = add(y, apply(y, plainNorm(), dense(ffn), plainGelu(), dense(dim)));
  }
  const outputs = apply(y, plainNorm(), tf.layers.globalAveragePooling1d({}), head());
  return tf.model({ inputs: x, outputs });
}

export const transformer: BenchModel = {
  name: "transformer",
  ...{ time, channels },
  ours: () => ours(transformerEncoder({ layers, heads, ffn, stepsPerToken: 1 }), time, channels, dim),
  stock,
  torch: `
class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.project = nn.Linear(channels, ${dim})
        angle = torch.arange(steps)[:, None] * 10000 ** (-2 / ${dim} * torch.arange(${dim} // 2))
        self.positions = torch.stack([angle.sin(), angle.cos()], 2).flatten(1)
        block = nn.TransformerEncoderLayer(
            ${dim}, ${heads}, ${ffn}, dropout=0, activation="gelu", batch_first=True, norm_first=True)
        self.blocks = nn.TransformerEncoder(block, ${layers}, norm=nn.LayerNorm(${dim}), enable_nested_tensor=False)
        self.head = nn.Linear(${dim}, ${classes})
    def forward(self, x):
        return self.head(self.blocks(self.project(x) + self.positions).mean(1))
model = Transformer()`,
  more: { torch: 0, stock: 0 },
  productFlops:
    first(time, channels, dim) +
    layers * (trained(time, dim, 4 * dim) + trained(time, dim, 2 * time) + trained(time, dim, 2 * ffn)) +
    trained(1, dim, classes),
  target: () => 0.65,
  aim: 0.6,
  wasm: true,
};
