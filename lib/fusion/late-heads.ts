/** One classifier for each modality, which has heard of no other: what every late fusion fuses. */
import type * as tf from "@tensorflow/tfjs";
import { chain } from "../encoders/chain";
import { dense } from "../encoders/dense";
import { hiddenLayer } from "./classifier";
import type { EarlyFusionOptions } from "./early";
import { heardOf } from "./heard";
import { type FusionInputs, fusionInputs } from "./inputs";
import { stack } from "./stack";

export interface LateHeads {
  readonly inputs: FusionInputs;
  /** [modality] of [batch, hidden], after dropout. */
  readonly hidden: readonly tf.SymbolicTensor[];
  /** [batch, modality, class]; those of an absent modality are the same whatever the data. */
  readonly logits: tf.SymbolicTensor;
  /** [batch, modality]; 1 where the modality has something to say. */
  readonly heard: tf.SymbolicTensor;
}

/** z_m → dense, ReLU, dropout → dense, each modality with layers of its own, named `<modality>_hidden` and so on. */
export function lateHeads(options: Omit<EarlyFusionOptions, "channelScales">): LateHeads {
  const { modalities, encoder, dim, classes, seed } = options;
  const inputs = fusionInputs(modalities);
  const hidden = inputs.modalities.map(({ shape: { name, time, channels }, values, validity }) => {
    const { pooled } = encoder({ modality: name, time, channels, dim, seed })(values, validity);
    return hiddenLayer(options, pooled, `${name}_`);
  });
  const votes = hidden.map((x, m) =>
    chain(x, dense({ name: `${modalities[m]!.name}_logits`, units: classes, seed })),
  );
  return { inputs, hidden, logits: stack("votes", votes), heard: heardOf(inputs) };
}
