/** A window read step by step, with a memory: LSTM and GRU over the valid steps alone. */
import * as tf from "@tensorflow/tfjs";
import { KeyedDropout } from "../engine/keyed-dropout";
import { seedFor } from "../random";
import { chain } from "./chain";
import type { EncoderFactory } from "./encoder";
import { gru } from "./gru-layer";
import { lstm } from "./lstm-layer";
import { openSteps } from "./open-steps";
import { OverValid } from "./over-valid";

export interface RecurrentOptions {
  /** 1 to 3, one reading the outputs of the other. */
  readonly layers: number;
  /** Between layers. */
  readonly dropout?: number;
  /** Half of `dim` reads forwards, half backwards. */
  readonly bidirectional?: boolean;
}

/**
 * Tokens: the top layer's output at each step; pooled: its output after the last valid step (backwards: the first).
 * An invalid step is skipped: neither input nor time passes.
 *
 *     [batch, time, channel] → [batch, time, dim] → [batch, dim]
 */
export const lstmEncoder = (options: RecurrentOptions): EncoderFactory => recurrentEncoder("lstm", options);

/** As `lstmEncoder`, with PyTorch's GRU. */
export const gruEncoder = (options: RecurrentOptions): EncoderFactory => recurrentEncoder("gru", options);

export type RecurrentKind = "lstm" | "gru";

function recurrentEncoder(
  kind: RecurrentKind,
  { layers, dropout = 0, bidirectional = false }: RecurrentOptions,
): EncoderFactory {
  if (![1, 2, 3].includes(layers))
    throw new Error(`${kind}Encoder: expected 1 to 3 layers, got ${layers}; widen the layers instead`);
  return ({ modality, dim, seed }) =>
    (values, validity) => {
      if (bidirectional && dim % 2)
        throw new Error(
          `${kind}Encoder: ${modality}: expected an even dim for two directions, got ${dim}; give each a half`,
        );
      const open = openSteps(modality, values, validity);
      const overValid = (
        operation: ConstructorParameters<typeof OverValid>[0]["operation"],
        name: string,
        series: tf.SymbolicTensor,
      ): tf.SymbolicTensor =>
        new OverValid({ name, operation }).apply([series, open.validity]) as tf.SymbolicTensor;
      const recurrence = (name: string): tf.layers.Layer =>
        recurrentLayer(kind, { name, units: bidirectional ? dim / 2 : dim, seed, returnSequences: true });

      let x = overValid("validFirst", `${modality}_valid_first`, open.values); // [batch, slot, channel]
      let ends: tf.SymbolicTensor[] = [];
      for (let layer = 1; layer <= layers; layer++) {
        const name = `${modality}_${kind}${layer}`;
        if (layer > 1) x = chain(x, new KeyedDropout({ name: `${name}_dropout`, rate: dropout }));
        const there = chain(x, recurrence(name));
        ends = [there];
        if (bidirectional) {
          const turned = overValid("reverseValid", `${name}_turn`, x);
          const back = chain(turned, recurrence(`${name}_back`));
          const returned = overValid("reverseValid", `${name}_return`, back);
          ends = [there, back];
          x = joined(`${name}_both`, [there, returned]);
        } else x = there;
      }
      const last = ends.map((end, i) => overValid("lastValid", `${modality}_last${i + 1}`, end));
      return {
        tokens: overValid("putBack", `${modality}_tokens`, x),
        validity: open.validity,
        pooled: joined(`${modality}_pooled`, last),
      };
    };
}

/** Side by side on the last axis. */
const joined = (name: string, parts: tf.SymbolicTensor[]): tf.SymbolicTensor =>
  parts.length === 1
    ? parts[0]!
    : (tf.layers.concatenate({ name, axis: -1 }).apply(parts) as tf.SymbolicTensor);

/** All weights begin as PyTorch's do: uniform within ±1 / √units. */
export function recurrentLayer(
  kind: RecurrentKind,
  options: {
    readonly name: string;
    readonly units: number;
    readonly seed: number;
    readonly returnSequences: boolean;
  },
): tf.layers.Layer {
  const { seed, ...config } = options;
  const bound = 1 / Math.sqrt(config.units);
  const uniform = (part: string) =>
    tf.initializers.randomUniform({ minval: -bound, maxval: bound, seed: seedFor(seed, config.name, part) });
  const all = {
    ...config,
    recurrentActivation: "sigmoid", // tfjs's default is a hard one
    kernelInitializer: uniform("kernel"),
    recurrentInitializer: uniform("recurrent"),
    biasInitializer: uniform("bias"),
  } as const;
  return kind === "lstm" ? lstm(all) : gru({ ...all, resetAfter: true });
}
