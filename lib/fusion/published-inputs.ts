/** How the published protocol takes a sensor away: in training by its flag alone, in the test by raw zeros, too. */
import * as tf from "@tensorflow/tfjs";
import { keepWhere } from "../engine/keep-where";
import { keyedUniform } from "../engine/keyed-random";
import { stepSeed } from "../engine/step-seed";
import type { EarlyFusionOptions } from "./early";

export interface PublishedAbsence {
  /** Chance for each flag of a training window to be cleared; one stays. Published: 0.1. */
  readonly flagDropout?: number;
  /** When the values of a sensor whose flag is 0 are set to 0 before the encoder. Published: in `evaluation` alone. */
  readonly rawZeros?: "never" | "evaluation" | "always";
}

export type PublishedOptions = EarlyFusionOptions & PublishedAbsence;

/**
 * f · [u ≥ rate] in training, and f of the largest u where nothing else would stay; f otherwise.
 *
 *     presence [batch, modality] → [batch, modality]
 */
export class FlagDropout extends tf.layers.Layer {
  static readonly className = "FlagDropout";
  private readonly config: { readonly name: string; readonly rate: number };

  constructor(config: { readonly name: string; readonly rate: number }) {
    super({ name: config.name });
    this.config = config;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor {
    const presence = [inputs].flat()[0]!;
    const { name, rate } = this.config;
    if (!kwargs["training"] || rate === 0) return presence;
    return tf.tidy(() => {
      const drawn = keyedUniform(presence.shape, stepSeed(name), name).mul(presence);
      const kept = drawn.greaterEqual(rate).cast("float32");
      const largest = drawn.greaterEqual(drawn.max(1, true)).cast("float32");
      const none = tf.sub(1, kept.max(1, true)); // [batch, 1]
      return presence.mul(tf.maximum(kept, largest.mul(none)));
    });
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

interface RawZerosConfig {
  readonly name: string;
  /** Its place on the presence axis. */
  readonly modality: number;
  readonly when: "never" | "evaluation" | "always";
}

/**
 * Where the flag is 0: values of 0, all of them valid, since the published test replaces NaN by zeros, too.
 *
 *     values [batch, time, channel], validity [batch, time], presence [batch, modality] → values, validity
 */
export class RawZeros extends tf.layers.Layer {
  static readonly className = "RawZeros";
  private readonly config: RawZerosConfig;

  constructor(config: RawZerosConfig) {
    super({ name: config.name });
    this.config = config;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor[] {
    const [values, validity, presence] = inputs as [tf.Tensor3D, tf.Tensor2D, tf.Tensor2D];
    const { modality, when } = this.config;
    if (when === "never" || (when === "evaluation" && kwargs["training"])) return [values, validity];
    return tf.tidy(() => {
      const flag = presence.slice([0, modality], [-1, 1]); // [batch, 1]
      return [keepWhere(values, flag.expandDims(2)), tf.maximum(validity, tf.sub(1, flag))];
    });
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape[] {
    return shapes.slice(0, 2);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

tf.serialization.registerClass(FlagDropout);
tf.serialization.registerClass(RawZeros);

export interface PublishedVectors {
  /** In the order in which the model takes them. */
  readonly all: readonly tf.SymbolicTensor[];
  /** [batch, modality]; flags, of which training clears some. */
  readonly presence: tf.SymbolicTensor;
  /** [modality]: the encoder's vector [batch, dim], and `whole` [batch, 1], 0 where a NaN has closed the window. */
  readonly each: readonly {
    readonly name: string;
    readonly vector: tf.SymbolicTensor;
    readonly whole: tf.SymbolicTensor;
  }[];
}

/** Inputs of the usual names, of which the encoders read everything: presence closes nothing here. */
export function publishedVectors({
  modalities,
  encoder,
  dim,
  seed,
  flagDropout = 0.1,
  rawZeros = "evaluation",
}: PublishedOptions): PublishedVectors {
  const given = tf.input({ shape: [modalities.length], name: "presence" });
  const presence = new FlagDropout({ name: "flag_dropout", rate: flagDropout }).apply(given);
  const each = modalities.map(({ name, time, channels }, modality) => {
    const inputs = [
      tf.input({ shape: [time, channels], name: `${name}_values` }),
      tf.input({ shape: [time], name: `${name}_validity` }),
    ];
    const zeros = new RawZeros({ name: `${name}_raw_zeros`, modality, when: rawZeros });
    const [values, validity] = zeros.apply([...inputs, presence as tf.SymbolicTensor]) as tf.SymbolicTensor[];
    const encode = encoder({ modality: name, time, channels, dim, seed });
    const { pooled, validity: whole } = encode(values!, validity!);
    return { name, inputs, vector: pooled, whole };
  });
  return {
    all: [...each.flatMap(({ inputs }) => inputs), given],
    presence: presence as tf.SymbolicTensor,
    each,
  };
}
