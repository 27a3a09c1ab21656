/** A temporal convolutional network: four residual blocks of two dilated convolutions, a token for each step. */
import * as tf from "@tensorflow/tfjs";
import { tcnEncoder } from "fusion/dist/encoders/tcn";
import { ours } from "./encoder-model";
import { type BenchModel, classes, first, glorot, head, trained } from "./model";
import { plainNorm } from "./plain-layers";

const [time, channels, dim, kernel, blocks] = [100, 17, 64, 3, 4];

function stock(): tf.LayersModel {
  const x = tf.input({ name: "x", shape: [time, channels] });
  let seed = 0;
  const convolution = (kernelSize: number, dilationRate: number) =>
    tf.layers.conv1d({
      ...{ filters: dim, kernelSize, dilationRate, padding: "same", useBias: false },
      kernelInitializer: glorot(seed++),
    });
  let y = x;
  for (let block = 0; block < blocks; block++) {
    const convolve = () => [convolution(kernel, 2 ** block), plainNorm(), tf.layers.reLU()];
    const seen = [...convolve(), ...convolve()].reduce((z, layer) => layer.apply(z) as tf.SymbolicTensor, y);
    const skip = block === 0 ? convolution(1, 1).apply(y) : y;
    y = tf.layers.reLU().apply(tf.layers.add().apply([skip as tf.SymbolicTensor, seen])) as tf.SymbolicTensor;
  }
  const outputs = head().apply(tf.layers.globalAveragePooling1d({}).apply(y)) as tf.SymbolicTensor;
  return tf.model({ inputs: x, outputs });
}

export const tcn: BenchModel = {
  name: "tcn",
  ...{ time, channels },
  ours: () =>
    ours(tcnEncoder({ blocks, kernelSize: kernel, stepsPerToken: 1, dropout: 0 }), time, channels, dim),
  stock,
  torch: `
class Convolve(nn.Module):
    def __init__(self, inputs, dilation):
        super().__init__()
        self.conv = nn.Conv1d(inputs, ${dim}, ${kernel}, dilation=dilation, padding="same", bias=False)
        self.norm = nn.LayerNorm(${dim})
    def forward(self, x):
        return torch.relu(self.norm(self.conv(x).transpose(1, 2)).transpose(1, 2))

class Block(nn.Module):
    def __init__(self, inputs, dilation):
        super().__init__()
        self.seen = nn.Sequential(Convolve(inputs, dilation), Convolve(${dim}, dilation))
        self.skip = nn.Identity() if inputs == ${dim} else nn.Conv1d(inputs, ${dim}, 1, bias=False)
    def forward(self, x):
        return torch.relu(self.skip(x) + self.seen(x))

prepare = lambda x: x.transpose(1, 2).contiguous()
model = nn.Sequential(
    *[Block(channels if block == 0 else ${dim}, 2 ** block) for block in range(${blocks})],
    nn.AdaptiveAvgPool1d(1), nn.Flatten(), nn.Linear(${dim}, ${classes}))`,
  more: { torch: 0, stock: 0 },
  productFlops:
    first(time, (kernel + 1) * channels, dim) +
    (2 * blocks - 1) * trained(time, kernel * dim, dim) +
    trained(1, dim, classes),
};
