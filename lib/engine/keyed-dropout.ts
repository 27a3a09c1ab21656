/** Dropout whose mask depends on the step's seed and the layer's name: repeatable, and fit for compiled steps. */
import * as tf from "@tensorflow/tfjs";
import { keyedUniform } from "./keyed-random";
import { stepSeed } from "./step-seed";

/**
 * y = x ⊙ m / (1 - rate) with m ~ Bernoulli(1 - rate), the same m for the same step seed, name and shape.
 *
 * @param who names the layer; part of the key
 */
export function dropKeyed<T extends tf.Tensor>(x: T, rate: number, who: string): T {
  return tf.tidy(() => {
    const kept = keyedUniform(x.shape, stepSeed(who), who).greaterEqual(rate);
    return x.mul(kept.cast("float32")).div<T>(1 - rate);
  });
}

/** @throws unless `rate` is a share that may be dropped */
export function checkRate(who: string, rate: number): void {
  if (!(rate >= 0 && rate < 1))
    throw new Error(`${who}: expected a rate in [0, 1), got ${rate}; give the share to drop`);
}

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
    checkRate("KeyedDropout", config.rate);
    this.rate = config.rate;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor {
    const x = [inputs].flat()[0]!;
    if (!kwargs["training"] || this.rate === 0) return x;
    return dropKeyed(x, this.rate, this.name);
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.rate };
  }
}

tf.serialization.registerClass(KeyedDropout);
