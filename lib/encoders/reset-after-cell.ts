/** One step of a GRU whose reset gate comes after the recurrent product, for any activations. */
import * as tf from "@tensorflow/tfjs";
import { stockClass } from "./stock-recurrent";

type StockCell = ReturnType<typeof tf.layers.gruCell>;
type CellConfig = Parameters<typeof tf.layers.gruCell>[0];

/** z, r = σ(x W + b + h U + b'), n = tanh(x W + b + r (h U + b')), h' = (1 - z) n + z h; as the stock cell but for r. */
export class ResetAfterCell extends stockClass<CellConfig, StockCell>("GRUCell") {
  static override readonly className = "ResetAfterGRUCell";

  constructor(config: CellConfig) {
    super(config);
    if (this.dropout > 0 || this.recurrentDropout > 0)
      throw new Error(
        `GRU: expected no dropout with resetAfter, got ${this.dropout} and ${this.recurrentDropout}; put KeyedDropout between layers`,
      );
  }

  /** Input and recurrence have a bias each. */
  protected override addWeight(
    ...[name, shape, ...rest]: Parameters<StockCell["addWeight"]>
  ): tf.LayerVariable {
    return super.addWeight(name, name === "bias" ? [2, ...shape] : shape, ...rest);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor | tf.Tensor[] {
    const [x, h] = inputs as [tf.Tensor2D, tf.Tensor2D];
    return tf.tidy(() => {
      const [input, recurrent] = this.useBias ? tf.unstack(this.bias.read()) : [tf.scalar(0), tf.scalar(0)];
      const fromInput = tf.split(x.matMul(this.kernel.read()).add(input!), 3, 1);
      const fromState = tf.split(h.matMul(this.recurrentKernel.read()).add(recurrent!), 3, 1);
      const [z, r] = [0, 1].map((gate) =>
        this.recurrentActivation.apply(fromInput[gate]!.add(fromState[gate]!)),
      );
      const n = this.activation.apply(fromInput[2]!.add(r!.mul(fromState[2]!)));
      const next = h.sub(n).mul(z!).add(n);
      return [next, next];
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), resetAfter: true };
  }
}
