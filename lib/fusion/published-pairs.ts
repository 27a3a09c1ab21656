/** What each sensor hears of the others in the published hybrid: one shared attention, pair by pair. */
import * as tf from "@tensorflow/tfjs";
import type { AttentionConfig } from "../attention/attention-layer";
import { CrossModalPublished } from "../attention/cross-modal-published";

export interface PublishedPairsConfig extends AttentionConfig {
  /** Whether a cleared flag closes its key: `open` for all, as published, or `masked`: its weight of 1 becomes 0. */
  readonly keys: "open" | "masked";
  /** Whose answers a sensor averages: those of `all` tokens, as published, or of the `present`. */
  readonly mean: "all" | "present";
}

/**
 * a_q = ½ p_q + ½ mean over k ≠ q of attention(p_q, p_k, p_k, flag_k), or p_q where there is no k, or 0 where there is
 * no token q. Over one key, closing the key and zeroing its value are the same: the answer is the output's bias.
 *
 *     projected M · [batch, dim], flags [batch, modality], tokens [batch, modality]
 *     → attended [batch, modality, dim], weights [batch, query, key, head], 0 on the diagonal
 */
export class PublishedPairs extends CrossModalPublished {
  static override readonly className: string = "PublishedPairs";
  private readonly switches: Pick<PublishedPairsConfig, "keys" | "mean">;

  constructor({ keys, mean, ...config }: PublishedPairsConfig) {
    super(config);
    this.switches = { keys, mean };
  }

  override build(shapes: tf.Shape[]): void {
    super.build([shapes[0]!, shapes[0]!]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor[] {
    const tensors = inputs as tf.Tensor2D[];
    const [projected, [flags, tokens]] = [
      tensors.slice(0, -2),
      tensors.slice(-2) as [tf.Tensor2D, tf.Tensor2D],
    ];
    const [modalities, batch] = [projected.length, flags.shape[0]];
    const { heads, dim } = this.config;
    const { keys, mean } = this.switches;
    const flag = (m: number, of: tf.Tensor2D): tf.Tensor2D => of.slice([0, m], [-1, 1]); // [batch, 1]
    const others = (q: number): number[] => projected.flatMap((_, k) => (k === q ? [] : [k]));
    const pairs = projected.flatMap((_, q) => others(q).map((k) => [q, k] as const));
    return tf.tidy(() => {
      if (modalities === 1) return [projected[0]!.mul(tokens).expandDims(1), tf.zeros([batch, 1, 1, heads])];
      // all pairs in one batch, so that dropout draws for each of them
      const along = (of: (pair: readonly [number, number]) => tf.Tensor): tf.Tensor =>
        tf.concat(pairs.map(of));
      const [asking, asked] = [along(([q]) => projected[q]!), along(([, k]) => projected[k]!)];
      const heeded = along(([, k]) => flag(k, flags)); // [pair · batch, 1]
      const [said, given] = super.call([asking, asked, asked, heeded.squeeze([1])], kwargs);
      let [answers, weights] = [said!, given!];
      if (keys === "masked") {
        const silence = this.project(tf.zeros([1, dim]), "output");
        answers = silence.add(answers.sub(silence).mul(heeded));
        weights = weights.mul(heeded.reshape([-1, 1, 1, 1]));
      }
      const each = answers.reshape([pairs.length, batch, dim]);
      const there = projected.map((_, m) => flag(m, tokens));
      const attended = projected.map((p, q) => {
        const counted = others(q).map((k) =>
          mean === "present" ? there[k]!.mul(flag(k, flags)) : there[k]!,
        );
        const sum = counted.reduce<tf.Tensor>(
          (sum, count, i) => {
            const answer = each.slice([q * (modalities - 1) + i, 0, 0], [1, -1, -1]).squeeze([0]);
            return sum.add(answer.mul(count));
          },
          tf.zeros([batch, dim]),
        );
        const count = tf.addN(counted); // [batch, 1]
        const heard = count.minimum(1); // 1 where anyone was
        const average = sum.div(count.maximum(1));
        const mixed = p.mul(tf.sub(1, heard.mul(0.5))).add(average.mul(0.5));
        return mixed.mul(there[q]!);
      });
      const shown = weights.reshape([pairs.length, batch, heads]);
      const map = projected.map((_, q) =>
        tf.stack(
          projected.map((_, k) => {
            if (k === q) return tf.zeros([batch, heads]);
            const pair = q * (modalities - 1) + others(q).indexOf(k);
            return shown
              .slice([pair, 0, 0], [1, -1, -1])
              .squeeze<tf.Tensor2D>([0])
              .mul(there[q]!)
              .mul(there[k]!);
          }),
          1,
        ),
      );
      return [tf.stack(attended, 1), tf.stack(map, 1)];
    });
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape[] {
    const [batch, modalities] = shapes.at(-1)!;
    const { heads, dim } = this.config;
    return [
      [batch!, modalities!, dim],
      [batch!, modalities!, modalities!, heads],
    ];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.switches };
  }
}

tf.serialization.registerClass(PublishedPairs);
