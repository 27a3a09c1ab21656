/** Equal effort: which changes are tried for a method, as many for each that has something to choose. */
import type { Preset } from "./preset";

const learningRates = [{ learningRate: 3e-4 }, { learningRate: 1e-3 }, { learningRate: 3e-3 }];

/**
 * The preset with its trials: three learning rates for whatever learns by gradients, three strengths of what holds the
 * others back; none for the majority, which has nothing to choose. A preset's own trials stay.
 */
export function withTrials(preset: Preset): Preset {
  if ("fusion" in preset) return { trials: learningRates, ...preset };
  switch (preset.classifier) {
    case "majority":
      return preset;
    case "logistic":
      return { trials: [{ l2: 1 }, { l2: 10 }, { l2: 100 }], ...preset };
    case "forest":
      return { trials: [{ leaf: 1 }, { leaf: 4 }, { leaf: 16 }], ...preset };
    case "mlp":
      return { trials: learningRates, ...preset };
  }
}

/** [trial]: the preset as each trial trains it; the preset alone where it has none. */
export function presetsToTry({
  trials,
  ...preset
}: Preset & { readonly trials?: readonly Trial[] }): Preset[] {
  if (!trials) return [preset as Preset];
  return trials.map((trial) => changed(preset as Preset, trial));
}

/** What one trial changes. */
export type Trial = Readonly<Record<string, unknown>>;

function changed(preset: Preset, trial: Trial): Preset {
  if (!("training" in preset)) return { ...preset, ...trial } as Preset;
  const { dropout = preset.dropout, ...training } = trial as { dropout?: number };
  return { ...preset, dropout, training: { ...preset.training, ...training } };
}
