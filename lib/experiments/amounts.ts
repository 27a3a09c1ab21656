/** How much of an experiment a profile makes. */
import type { Profile } from "../workspace";
import type { Preset } from "./preset";

/** How much work, never which method. */
export interface Amount {
  readonly preset: (preset: Preset) => Preset;
  /** Held-out subjects at most; all if undefined. */
  readonly heldOut?: number;
  readonly seeds?: number;
  readonly secondsPerActivity?: number;
  readonly windowsPerSubject?: number;
}

function small(preset: Preset): Preset {
  if ("fusion" in preset)
    return { ...preset, dim: 8, hidden: 16, training: { ...preset.training, epochs: 2 } };
  if (preset.classifier === "mlp")
    return { ...preset, hidden: 16, training: { ...preset.training, epochs: 2 } };
  return preset.classifier === "forest" ? { ...preset, trees: 20 } : preset;
}

export const amounts: Readonly<Record<Profile, Amount>> = {
  tiny: {
    preset: small,
    heldOut: 2,
    seeds: 1,
    secondsPerActivity: 30,
    windowsPerSubject: 16,
  },
  standard: { preset: (p) => p },
  full: { preset: (p) => p },
};
