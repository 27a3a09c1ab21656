/** The presets of an experiment as its data want them: on their modalities, with the settings that suit them. */
import type { Experiment } from "./experiment";
import { type Preset, type PresetName, presets } from "./preset";

export interface NamedPreset {
  readonly presetName: string;
  readonly preset: Preset;
}

type Wanted = {
  readonly presets: readonly PresetName[];
} & { readonly [Key in "modalities" | "settings" | "eachAlone"]?: Experiment[Key] | undefined };

/**
 * A preset is defined once, whatever the data: an experiment's `modalities` and `settings` take the place of the
 * preset's own, for every preset alike. `eachAlone` adds that preset on each modality alone, as "only-<modality>".
 */
export function presetsOf(experiment: Wanted): NamedPreset[] {
  const { modalities, settings: { training, ...model } = {}, eachAlone } = experiment;
  const suited = (name: PresetName, names = modalities): Preset => {
    const preset: Preset = presets[name];
    return {
      ...{ ...preset, ...model, modalities: [...(names ?? preset.modalities)] },
      training: { ...preset.training, ...training },
    };
  };
  const together = experiment.presets.map((name) => ({ presetName: name, preset: suited(name) }));
  if (!eachAlone) return together;
  const { modalities: all } = suited(eachAlone);
  const alone = all.map((modality) => ({
    presetName: `only-${modality}`,
    preset: suited(eachAlone, [modality]),
  }));
  return [...together, ...alone];
}
