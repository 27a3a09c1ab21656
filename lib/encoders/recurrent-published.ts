/** The published LSTM and GRU (two of its three choices): the last step of two layers, one vector a window. */
import { KeyedDropout } from "../engine/keyed-dropout";
import { chain } from "./chain";
import { dense } from "./dense";
import type { EncoderFactory } from "./encoder";
import { recurrentLayer, type RecurrentKind } from "./recurrent";
import { singleToken, wholeWindows } from "./whole-windows";

export interface RecurrentPublishedOptions {
  /** Units of each layer; 256 in the published configuration. */
  readonly hidden: number;
  /** 2 in the published configuration. */
  readonly layers: number;
  /** Between layers; 0.1 in the published configuration. */
  readonly dropout: number;
}

/**
 * Published `SequenceEncoder(type = lstm)`: Linear(hidden, dim) of the last step of nn.LSTM; zeros where anything of a
 * window is missing. PyTorch's LSTM has a second bias in each layer, 4 · hidden parameters, that adds nothing.
 *
 *     [batch, time, channel] → [batch, 1, dim] → [batch, dim]
 */
export const lstmPublished = (options: RecurrentPublishedOptions): EncoderFactory =>
  recurrentPublished("lstm", options);

/** Published `SequenceEncoder(type = gru)`, likewise, with both biases of nn.GRU. */
export const gruPublished = (options: RecurrentPublishedOptions): EncoderFactory =>
  recurrentPublished("gru", options);

const recurrentPublished =
  (kind: RecurrentKind, { hidden, layers, dropout }: RecurrentPublishedOptions): EncoderFactory =>
  ({ modality, dim, seed }) =>
  (values, validity) => {
    const input = wholeWindows(modality, values, validity);
    const stack = Array.from({ length: layers }, (_, i) => {
      const name = `${modality}_${kind}${i + 1}`;
      const layer = recurrentLayer(kind, { name, units: hidden, seed, returnSequences: i + 1 < layers });
      return i === 0 ? [layer] : [new KeyedDropout({ name: `${name}_dropout`, rate: dropout }), layer];
    });
    const vector = chain(
      input.values,
      ...stack.flat(),
      dense({ name: `${modality}_projection`, units: dim, seed }),
    );
    return singleToken(modality, vector, input.whole);
  };
