/** A learned gain for each channel of a modality's vector: which does the model turn up, which down? */
import * as tf from "@tensorflow/tfjs";

/**
 * y = g ⊙ x. Gains start at 1, so that an untrained layer is the identity, and 0, an absent modality's vector, stays 0.
 *
 * A linear layer that follows could take the gains into its kernel: they say more about training than they add to what
 * can be computed.
 *
 *     [..., channel] → [..., channel];  weights: gain [channel]
 */
export class ChannelScale extends tf.layers.Layer {
  static readonly className = "ChannelScale";
  private gain!: tf.LayerVariable;

  /** @param config `name` must be given, since `describeScales` reads the modality from it */
  constructor(config: { readonly name: string }) {
    super(config);
  }

  override build(shape: tf.Shape): void {
    this.gain = this.addWeight("gain", [shape.at(-1)!], "float32", tf.initializers.ones());
    super.build(shape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = [inputs].flat()[0]!; // tfjs hands over a single input as a list of one
    return tf.tidy(() => x.mul(this.gain.read()));
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
}

tf.serialization.registerClass(ChannelScale); // a saved model finds its layer by className

const suffix = "_scale";

/** The modality's vector or tokens, scaled where asked for. */
export const scaleChannels = (
  modality: string,
  x: tf.SymbolicTensor,
  channelScales: boolean,
): tf.SymbolicTensor =>
  channelScales ? (new ChannelScale({ name: `${modality}${suffix}` }).apply(x) as tf.SymbolicTensor) : x;

export interface ScalesOfModality {
  readonly modality: string;
  readonly mean: number;
  /** Of the channels there are (divided by their number). */
  readonly std: number;
  /** The largest gains first. */
  readonly top: readonly { readonly channel: number; readonly gain: number }[];
}

/**
 * What a model's channel scales have become, in the order of its modalities; none where it has no such layers.
 *
 * @param top how many channels to name
 */
export function describeScales(model: tf.LayersModel, top = 10): ScalesOfModality[] {
  const scales = model.layers.filter((layer) => layer.getClassName() === ChannelScale.className);
  return scales.map((layer) => {
    const gains = Array.from(layer.getWeights()[0]!.dataSync());
    const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
    const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / gains.length;
    const ranked = gains.map((gain, channel) => ({ channel, gain })).sort((a, b) => b.gain - a.gain);
    return {
      modality: layer.name.slice(0, -suffix.length),
      ...{ mean, std: Math.sqrt(variance), top: ranked.slice(0, top) },
    };
  });
}
