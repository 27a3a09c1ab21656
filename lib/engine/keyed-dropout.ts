/** Dropout whose mask depends on the step's seed and the layer's name: repeatable, and fit for compiled steps. */
import * as tf from "@tensorflow/tfjs";
import { keyedUniform } from "./keyed-random";
import { stepSeed } from "./step-seed";

/**
 * y = x ⊙ m / (1 - rate) with m ~ Bernoulli(1 - rate) in training, the identity otherwise (Srivastava et al. 2014).
 *
 * Stock dropout repeats one mask at each step if seeded, and cannot be repeated if not.
 */
export class KeyedDropout extends tf.layers.Layer {
  static readonly className = "KeyedDropout";
  private readonly rate: number;

  /** @param config `name` is part of the key and must be given, since automatic names depend on the process */
  constructor(config: { readonly rate: number; readonly name: string }) {
    super(config);
    if (!config.name) throw new Error("KeyedDropout: expected a name, got none; it is part of the key");
    if (!(config.rate >= 0 && config.rate < 1))
      throw new Error(`KeyedDropout: expected a rate in [0, 1), got ${config.rate}; give the share to drop`);
    this.rate = config.rate;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor {
    const x = [inputs].flat()[0]!;
    if (!kwargs["training"] || this.rate === 0) return x;
    return tf.tidy(() => {
      const kept = keyedUniform(x.shape, stepSeed(this.name), this.name).greaterEqual(this.rate);
      return x.mul(kept.cast("float32")).div(1 - this.rate);
    });
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.rate };
  }
}

tf.serialization.registerClass(KeyedDropout);
