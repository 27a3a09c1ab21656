/** Which modalities have anything to say about a window: those that are present with one valid step at least. */
import * as tf from "@tensorflow/tfjs";
import type { FusionInputs } from "./inputs";

/**
 * h_m = maxₜ validity_mt, of validities that are 0 where the modality is absent: presence, and for a sensor that is
 * present by its flag alone, absence.
 *
 *     M × [batch, time] → [batch, modality]
 */
export class Heard extends tf.layers.Layer {
  static readonly className = "Heard";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() =>
      tf.concat(
        [inputs].flat().map((validity) => validity.max(1, true)),
        1,
      ),
    );
  }

  override computeOutputShape(shapes: tf.Shape | tf.Shape[]): tf.Shape {
    const each = (Array.isArray(shapes[0]) ? shapes : [shapes]) as tf.Shape[];
    return [each[0]![0]!, each.length];
  }
}

tf.serialization.registerClass(Heard);

/** [batch, modality], in the order of the modalities. */
export const heardOf = ({ modalities }: FusionInputs): tf.SymbolicTensor =>
  new Heard({ name: "heard" }).apply(modalities.map(({ validity }) => validity)) as tf.SymbolicTensor;
