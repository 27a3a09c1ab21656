/** The presets of an experiment as its data want them: on their modalities, with the settings that suit them. */
import type { TrainingOptions } from "../train/options";
import type { Experiment, Variant } from "./experiment";
import { type Preset, type PresetName, presets, training as usualTraining } from "./preset";
import { withTrials } from "./trials";

export interface NamedPreset {
  readonly presetName: string;
  readonly preset: Preset;
  /** What is changed besides: windows, people. */
  readonly variant?: Omit<Variant, "name"> | undefined;
}

type Wanted = {
  readonly presets: readonly PresetName[];
} & {
  readonly [Key in "modalities" | "settings" | "eachAlone" | "tuned" | "variants"]?:
    Experiment[Key] | undefined;
};

/**
 * A preset is defined once, whatever the data: an experiment's `modalities` and `settings` take the place of the
 * preset's own, for every preset alike, and `tuned` gives each its trials. `eachAlone` adds that preset on each modality
 * alone, as "only-<modality>"; `variants` make several of each.
 */
export function presetsOf(experiment: Wanted): NamedPreset[] {
  const { settings = {}, eachAlone, tuned = false } = experiment;
  const suited = (name: PresetName, names = experiment.modalities): Preset => {
    const preset: Preset = presets[name];
    const on = fitted({ ...preset, modalities: [...(names ?? preset.modalities)] }, settings);
    return tuned ? withTrials(on) : on;
  };
  const together = experiment.presets.map((name) => ({ presetName: name, preset: suited(name) }));
  const { variants } = experiment;
  if (variants) return together.flatMap((named) => variants.map((variant) => varied(named, variant)));
  if (!eachAlone) return together;
  const { modalities: all } = suited(eachAlone);
  const alone = all.map((modality) => ({
    presetName: `only-${modality}`,
    preset: suited(eachAlone, [modality]),
  }));
  return [...together, ...alone];
}

/**
 * With what a data set asks of each preset that has it: statistics need no widths of tokens. In what a preset's training
 * differs from the usual it goes on to differ.
 */
function fitted(
  preset: Preset,
  { training, dim, hidden, dropout }: NonNullable<Experiment["settings"]>,
): Preset {
  if (!("training" in preset)) return preset;
  const own = Object.entries(preset.training).filter(
    ([key, value]) => value !== usualTraining[key as keyof TrainingOptions],
  );
  return {
    ...preset,
    ...("dim" in preset && dim !== undefined && { dim }),
    ...(hidden !== undefined && { hidden }),
    ...(dropout !== undefined && { dropout }),
    training: { ...preset.training, ...training, ...Object.fromEntries(own) },
  };
}

/** "early-conv, hold": a preset of its own to every table. */
function varied({ presetName, preset }: NamedPreset, { name, ...variant }: Variant): NamedPreset {
  const { epochs } = variant;
  const training = "training" in preset && epochs ? { training: { ...preset.training, epochs } } : {};
  return { presetName: `${presetName}, ${name}`, preset: { ...preset, ...training }, variant };
}
