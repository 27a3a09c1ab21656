/** What is to be run, as plain data that another process can be given: presets × folds × seeds on one data set. */
import { selectModalities } from "../data/select-modalities";
import type { Profile } from "../workspace";
import { amounts, experiment, type Experiment, type ExperimentName } from "./experiment";
import { foldsOf, openWindows } from "./open-data";
import { Preset } from "./preset";
import { type NamedPreset, presetsOf } from "./presets-of";
import type { RunRequest } from "./run-key";
import type { DataFolders, WindowRequest } from "./window-source";

export interface Plan {
  /** The name under which results lie. */
  readonly experiment: string;
  readonly profile: Profile;
  readonly problem: Pick<Experiment, "data" | "split" | "stress"> & WindowRequest;
  readonly presets: readonly NamedPreset[];
  readonly seeds: readonly number[];
  /** Held-out subjects at most; all if undefined. */
  readonly heldOut?: number | undefined;
}

/** A named experiment, as large as the profile has it. */
export function planOf(name: ExperimentName, profile: Profile): Plan {
  const amount = amounts[profile];
  const described = experiment(name);
  const {
    secondsPerActivity = described.secondsPerActivity,
    windowsPerSubject = described.windowsPerSubject,
  } = amount;
  const presets = presetsOf(described).map(({ presetName, preset }) => ({
    presetName,
    preset: amount.preset(preset),
  }));
  return {
    experiment: name,
    profile,
    problem: {
      ...described,
      ...(secondsPerActivity !== undefined && { secondsPerActivity }),
      ...(windowsPerSubject !== undefined && { windowsPerSubject }),
    },
    presets,
    seeds: described.seeds.slice(0, amount.seeds),
    heldOut: amount.heldOut,
  };
}

/**
 * All runs of a plan, in the order of presets, folds, seeds; they share the samples of their windows.
 *
 * @throws where a preset is none, naming the field
 */
export async function requestsOfPlan(plan: Plan, folders: DataFolders): Promise<RunRequest[]> {
  const { problem, presets, seeds, profile } = plan;
  for (const { preset } of presets) Preset.parse(preset);
  const modalities = [...new Set(presets.flatMap(({ preset }) => preset.modalities))];
  const windows = await openWindows(problem, modalities, folders);
  const all = foldsOf(windows, problem);
  const heldOut = [...new Set(all.map((fold) => fold.heldOut))].slice(0, plan.heldOut);
  const folds = all.filter((fold) => heldOut.includes(fold.heldOut));
  const source = { data: problem.data, split: { kind: problem.split.kind } };
  return presets.flatMap(({ presetName, preset }) => {
    const seen = selectModalities(windows, preset.modalities);
    const { stress } = problem;
    const shared = {
      experiment: plan.experiment,
      profile,
      presetName,
      preset,
      source,
      windows: seen,
      stress,
    };
    return folds.flatMap((fold) => seeds.map((seed) => ({ ...shared, fold, seed })));
  });
}

/** How a run is called in front of people. */
export const titleOf = ({
  presetName,
  fold,
  seed,
}: {
  readonly presetName: string;
  readonly fold: { readonly split: string; readonly heldOut: string };
  readonly seed: number;
}): string => `${presetName}, ${fold.split}, held out ${fold.heldOut}, seed ${seed}`;
