/** `tf.layers.lstm`, faster: the same weights, configuration and files. */
import * as tf from "@tensorflow/tfjs";
import { lstmLastState, lstmSequence } from "../engine/lstm-sequence";
import { type Applied, applySequence, isPlain, type Kwargs, stockClass } from "./stock-recurrent";

export type LstmConfig = Parameters<typeof tf.layers.lstm>[0];

/**
 * The stock layer where `recurrentActivation` is "sigmoid" and `activation` "tanh": one operation instead of a thousand.
 * With other activations (tfjs's default is "hardSigmoid"), dropout inside the recurrence, a Keras mask or `stateful` it
 * computes as the stock layer does.
 *
 * It stands under the stock layer's name, so that a saved model opens with or without this package.
 *
 *     [batch, time, channel] → [batch, units], or [batch, time, units] with `returnSequences`
 */
export class LSTM extends stockClass<LstmConfig>("LSTM") {
  static override readonly className = "LSTM";

  override apply(inputs: Applied, kwargs?: Kwargs): Applied {
    return super.apply(inputs, { ...kwargs }); // the stock layer leaves its initial state in kwargs, for the next layer to find
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Kwargs): tf.Tensor | tf.Tensor[] {
    if (!isPlain(this, kwargs)) return super.call(inputs, kwargs);
    return applySequence(this, inputs, kwargs, (x, [kernel, recurrentKernel, bias], initial) => {
      const weights = [kernel, recurrentKernel, bias ?? tf.zeros([kernel!.shape[1]!])] as LstmWeights;
      const state = initial && { h: initial[0] as tf.Tensor2D, c: initial[1] as tf.Tensor2D };
      if (!this.returnSequences) {
        const { h, c } = lstmLastState(x, ...weights, state);
        return { states: [h, c] };
      }
      const { outputs, h, c } = lstmSequence(x, ...weights, state);
      return { outputs, states: [h, c] };
    });
  }
}

type LstmWeights = [kernel: tf.Tensor2D, recurrentKernel: tf.Tensor2D, bias: tf.Tensor1D];

tf.serialization.registerClass(LSTM);

/** As `tf.layers.lstm`. */
export const lstm = (config: LstmConfig): LSTM => new LSTM(config);
