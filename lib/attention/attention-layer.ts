/** What attention layers share: their options and four projections. */
import * as tf from "@tensorflow/tfjs";
import { checkRate } from "../engine/keyed-dropout";
import { seedFor } from "../random";

export interface AttentionConfig {
  /** Keys dropout and the seeds, and must be given: automatic names depend on the process. */
  readonly name: string;
  readonly heads: number;
  /** Width of the outputs, shared out among the heads. */
  readonly dim: number;
  readonly seed: number;
  /** Share of the normalised weights to drop in training. */
  readonly dropout?: number;
  readonly useBias?: boolean;
}

type What = "query" | "key" | "value" | "output";

interface Projection {
  readonly kernel: tf.LayerVariable;
  readonly bias: tf.LayerVariable | undefined;
}

/** Weights: kernel and bias of query, key, value and output: (channel + 1 + 2 (channel' + 1) + dim + 1) · dim numbers. */
export abstract class AttentionLayer extends tf.layers.Layer {
  protected readonly config: Required<AttentionConfig>;
  private readonly projections = new Map<What, Projection>();

  constructor({ name, heads, dim, seed, dropout = 0, useBias = true }: AttentionConfig) {
    super({ name });
    const who = this.getClassName();
    if (!name) throw new Error(`${who}: expected a name, got none; it is part of its seeds' key`);
    if (!(heads >= 1 && dim % heads === 0))
      throw new Error(
        `${who}: ${name}: expected heads that divide dim, got ${heads} heads and dim ${dim}; change one`,
      );
    checkRate(`${who}: ${name}`, dropout);
    this.config = { name, heads, dim, seed, dropout, useBias };
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }

  protected addProjections(queryChannels: number, keyChannels: number): void {
    const { name, dim, seed, useBias } = this.config;
    const channels = { query: queryChannels, key: keyChannels, value: keyChannels, output: dim };
    for (const what of ["query", "key", "value", "output"] as const) {
      const glorot = tf.initializers.glorotUniform({ seed: seedFor(seed, name, what) });
      const kernel = this.addWeight(`${what}_kernel`, [channels[what], dim], "float32", glorot);
      const zeros = tf.initializers.zeros();
      const bias = useBias ? this.addWeight(`${what}_bias`, [dim], "float32", zeros) : undefined;
      this.projections.set(what, { kernel, bias });
    }
  }

  /** x W + b: [..., channel] → [..., dim] */
  protected project<T extends tf.Tensor>(x: T, what: What): T {
    const { kernel, bias } = this.projections.get(what)!;
    const rows = x.reshape<tf.Tensor2D>([-1, x.shape.at(-1)!]);
    const y = rows.matMul(kernel.read() as tf.Tensor2D);
    return (bias ? y.add(bias.read()) : y).reshape([...x.shape.slice(0, -1), this.config.dim]) as T;
  }
}
