/** The inputs of every fusion model, by name: values and validity of each modality, and one presence. */
import * as tf from "@tensorflow/tfjs";
import { PresentSteps } from "../encoders/keep-valid";

/** One modality as a model sees it. */
export interface ModalityShape {
  readonly name: string;
  readonly time: number;
  readonly channels: number;
}

export interface FusionInputs {
  /** In the order in which the model takes them. */
  readonly all: readonly tf.SymbolicTensor[];
  /** [modality]: values [batch, time, channel], and validity [batch, time], which is 0 where the modality is absent. */
  readonly modalities: readonly {
    readonly shape: ModalityShape;
    readonly values: tf.SymbolicTensor;
    readonly validity: tf.SymbolicTensor;
  }[];
  /** [batch, modality] */
  readonly presence: tf.SymbolicTensor;
}

/** @param modalities in the order of the presence axis */
export function fusionInputs(modalities: readonly ModalityShape[]): FusionInputs {
  const presence = tf.input({ shape: [modalities.length], name: "presence" });
  const each = modalities.map((shape, modality) => {
    const values = tf.input({ shape: [shape.time, shape.channels], name: `${shape.name}_values` });
    const given = tf.input({ shape: [shape.time], name: `${shape.name}_validity` });
    const present = new PresentSteps({ modality, name: `${shape.name}_present_steps` });
    return { shape, values, given, validity: present.apply([given, presence]) as tf.SymbolicTensor };
  });
  return {
    all: [...each.flatMap(({ values, given }) => [values, given]), presence],
    modalities: each,
    presence,
  };
}
