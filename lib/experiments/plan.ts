/** What is to be run, as plain data that another process can be given: presets × folds × seeds on one data set. */
import { fewerSubjects } from "../data/fewer-subjects";
import { selectModalities } from "../data/select-modalities";
import type { Windows } from "../data/windows";
import type { Profile } from "../workspace";
import { amounts } from "./amounts";
import { experiment, type Experiment, type ExperimentName } from "./experiment";
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
  const secondsPerActivity = smaller(amount.secondsPerActivity, described.secondsPerActivity);
  const windowsPerSubject = smaller(amount.windowsPerSubject, described.windowsPerSubject);
  const presets = presetsOf(described).map((named) => ({ ...named, preset: amount.preset(named.preset) }));
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

/** No profile makes a small lesson larger. */
const smaller = (a = Infinity, b = Infinity): number | undefined =>
  Math.min(a, b) === Infinity ? undefined : Math.min(a, b);

/**
 * All runs of a plan, in the order of presets, folds, seeds; presets on the same windows share their samples.
 *
 * @throws where a preset is none, naming the field
 */
export async function requestsOfPlan(plan: Plan, folders: DataFolders): Promise<RunRequest[]> {
  const { problem, presets, seeds, profile } = plan;
  for (const { preset } of presets) Preset.parse(preset);
  const modalities = [...new Set(presets.flatMap(({ preset }) => preset.modalities))];
  const opened = new Map<string, Windows>(); // presets that differ in nothing of this share their windows
  const requests: RunRequest[] = [];
  for (const { presetName, preset, variant = {} } of presets) {
    const { lengthSeconds = problem.window.lengthSeconds, alignment = problem.alignment } = variant;
    const name = JSON.stringify([lengthSeconds, alignment]);
    const asked = { ...problem, window: { ...problem.window, lengthSeconds }, alignment };
    const windows = opened.get(name) ?? (await openWindows(asked, modalities, folders));
    opened.set(name, windows);
    const all = foldsOf(windows, problem);
    const heldOut = [...new Set(all.map((fold) => fold.heldOut))].slice(0, plan.heldOut);
    const { trainingSubjects } = variant;
    const folds = all
      .filter((fold) => heldOut.includes(fold.heldOut))
      .map((fold) => (trainingSubjects ? fewerSubjects(windows, fold, trainingSubjects, 1) : fold));
    const shared = {
      ...{ experiment: plan.experiment, profile, presetName, preset },
      source: { data: problem.data, split: { kind: problem.split.kind }, alignment },
      windows: selectModalities(windows, preset.modalities),
      stress: problem.stress,
    };
    requests.push(...folds.flatMap((fold) => seeds.map((seed) => ({ ...shared, fold, seed }))));
  }
  return requests;
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
