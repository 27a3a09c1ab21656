/** `tf.layers.gru` with the same weights, configuration and files, and with the `resetAfter` that it lacks. */
import * as tf from "@tensorflow/tfjs";
import { gruLastState, gruSequence } from "../engine/gru-sequence";
import { ResetAfterCell } from "./reset-after-cell";
import { type Applied, applySequence, isPlain, type Kwargs, stockClass } from "./stock-recurrent";

export type GruConfig = Parameters<typeof tf.layers.gru>[0] & {
  /** Whether r multiplies after the recurrent product, as PyTorch has it, or before, as the stock layer. */
  readonly resetAfter?: boolean;
};

/**
 * With `resetAfter: true`, PyTorch's GRU: one operation where `recurrentActivation` is "sigmoid" and `activation` "tanh",
 * step by step with others (tfjs's default is "hardSigmoid"). Its bias is [2, 3 · units], Keras's `reset_after`.
 * With `resetAfter: false`, the default, the stock layer.
 *
 * It stands under the stock layer's name, so that what `resetAfter: false` saved opens with or without this package.
 *
 *     [batch, time, channel] → [batch, units], or [batch, time, units] with `returnSequences`
 */
export class GRU extends stockClass<GruConfig>("GRU") {
  static override readonly className = "GRU";
  private readonly resetAfter: boolean;

  constructor(config: GruConfig) {
    super({ ...config, resetAfter: false }); // the stock layer refuses true
    this.resetAfter = config.resetAfter ?? false;
    if (this.resetAfter) Object.assign(this, { cell: new ResetAfterCell({ ...config, resetAfter: false }) });
  }

  override apply(inputs: Applied, kwargs?: Kwargs): Applied {
    return super.apply(inputs, { ...kwargs }); // the stock layer leaves its initial state in kwargs, for the next layer to find
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Kwargs): tf.Tensor | tf.Tensor[] {
    if (!this.resetAfter || !isPlain(this, kwargs)) return super.call(inputs, kwargs);
    return applySequence(this, inputs, kwargs, (x, [kernel, recurrentKernel, bias], initial) => {
      const weights = [kernel, recurrentKernel, bias ?? tf.zeros([2, kernel!.shape[1]!])] as GruWeights;
      const state = initial?.[0] as tf.Tensor2D | undefined;
      if (!this.returnSequences) return { states: [gruLastState(x, ...weights, state)] };
      const { outputs, h } = gruSequence(x, ...weights, state);
      return { outputs, states: [h] };
    });
  }
}

type GruWeights = [kernel: tf.Tensor2D, recurrentKernel: tf.Tensor2D, bias: tf.Tensor2D];

tf.serialization.registerClass(GRU);

/** As `tf.layers.gru`. */
export const gru = (config: GruConfig): GRU => new GRU(config);
