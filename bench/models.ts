/** Every model of `npm run bench -- encoders`, by name. */
import { cnn, cnnPool } from "./conv-models";
import { eegAudioModels } from "./eeg-audio-models";
import type { BenchModel } from "./model";
import { recurrentModel } from "./recurrent-models";
import { tcn } from "./tcn-model";
import { transformer } from "./transformer-model";

const recurrent = (["lstm", "gru"] as const).flatMap((kind) =>
  [1, 2].flatMap((layers) => [64, 128, 256].map((units) => recurrentModel(kind, units, layers))),
);

export const models: readonly BenchModel[] = [...recurrent, cnn, cnnPool, tcn, transformer];

export function modelNamed(name: string): BenchModel {
  const found = [...models, ...eegAudioModels].find((model) => model.name === name);
  if (found) return found;
  throw new Error(
    `bench: expected a model of [${models.map((model) => model.name).join(", ")}], got "${name}"`,
  );
}
