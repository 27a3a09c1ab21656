/** A grid of seconds: the coincidence of two sensors, a few windows, one fold, as many seeds as are wanted. */
import type { Plan } from "fusion/dist/experiments/plan";
import { type NetworkPreset, presets } from "fusion/dist/experiments/preset";
import type { DataFolders } from "fusion/dist/experiments/window-source";

const { training }: NetworkPreset = presets["pair-early"];

/** Trains in half a second. */
export const small: NetworkPreset = {
  ...presets["pair-early"],
  ...{ encoder: "frame", dim: 4, hidden: 8 },
  training: { ...training, epochs: 6, batchSize: 16, warmupSteps: 2 },
};

/** Four channels cannot be shared by three heads: it fails when its model is built. */
export const broken: NetworkPreset = { ...small, fusion: "cross-attention", heads: 3 };

export const smallPlan = (
  presets: Readonly<Record<string, NetworkPreset>>,
  seeds: readonly number[],
): Plan => ({
  ...{ experiment: "small", profile: "tiny", seeds },
  problem: {
    data: "coincidence",
    window: { lengthSeconds: 3.84, strideSeconds: 3.84, rateHz: {} },
    windowsPerSubject: 16,
    split: { kind: "fixed-subjects", stop: ["9"], test: ["10", "11"] },
  },
  presets: Object.entries(presets).map(([presetName, preset]) => ({ presetName, preset })),
});

/** Simulated data are made, not found. */
export const noFolders: DataFolders = {
  prepared: "",
  find: (name) => {
    throw new Error(`expected simulated data alone, got ${name}`);
  },
};
