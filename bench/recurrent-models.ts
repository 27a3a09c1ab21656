/** LSTM and GRU: the last step of one or two layers goes to the head. */
import * as tf from "@tensorflow/tfjs";
import { gru } from "fusion/dist/encoders/gru-layer";
import { lstm } from "fusion/dist/encoders/lstm-layer";
import { type BenchModel, classes, first, glorot, head, trained } from "./model";

type Kind = "lstm" | "gru";
const gates = { lstm: 4, gru: 3 } as const;
const [time, channels] = [100, 17];

const configOf = (kind: Kind, units: number, layer: number, layers: number) => ({
  ...{ name: `${kind}${layer}`, units, recurrentActivation: "sigmoid" as const },
  returnSequences: layer < layers,
  kernelInitializer: glorot(layer),
  recurrentInitializer: glorot(10 + layer), // tfjs makes an orthogonal one slowly
});

type LayerOf = (config: ReturnType<typeof configOf>) => tf.layers.Layer;
const ourLayers: Record<Kind, LayerOf> = { lstm, gru: (config) => gru({ ...config, resetAfter: true }) };
const stockLayers: Record<Kind, LayerOf> = { lstm: tf.layers.lstm, gru: tf.layers.gru };

function network(kind: Kind, units: number, layers: number, layerOf: LayerOf): tf.LayersModel {
  const x = tf.input({ name: "x", shape: [time, channels] });
  let y = x;
  for (let layer = 1; layer <= layers; layer++)
    y = layerOf(configOf(kind, units, layer, layers)).apply(y) as tf.SymbolicTensor;
  return tf.model({ inputs: x, outputs: head().apply(y) as tf.SymbolicTensor });
}

export function recurrentModel(kind: Kind, units: number, layers: number): BenchModel {
  const wide = gates[kind] * units;
  const deeper = (layers - 1) * trained(time, 2 * units, wide);
  return {
    name: `${kind}-${units}${layers > 1 ? `x${layers}` : ""}`,
    ...{ time, channels },
    ours: () => network(kind, units, layers, ourLayers[kind]),
    stock: () => network(kind, units, layers, stockLayers[kind]),
    torch: `
class Last(nn.Module):
    def __init__(self):
        super().__init__()
        self.recurrent = nn.${kind.toUpperCase()}(channels, ${units}, ${layers}, batch_first=True)
        self.head = nn.Linear(${units}, ${classes})
    def forward(self, x):
        return self.head(self.recurrent(x)[0][:, -1])
model = Last()`,
    // PyTorch's LSTM has two biases; Keras' GRU with the reset before the product has one, ours and PyTorch's two
    more: { torch: kind === "lstm" ? layers * wide : 0, stock: kind === "gru" ? -layers * wide : 0 },
    productFlops:
      first(time, channels, wide) + trained(time, units, wide) + deeper + trained(1, units, classes),
    target: (batch) => (kind === "gru" ? 0.6 : batch === 128 ? 0.7 : units === 256 ? 0.8 : 1.1),
    ...(kind === "lstm" && units === 256 && { aim: 0.8 }),
    wasm: layers === 1 && units < 256,
  };
}
