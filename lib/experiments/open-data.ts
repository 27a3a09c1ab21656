/** From an experiment's description to its windows and folds. */
import { join } from "node:path";
import { cutWindows } from "../data/cut-windows";
import type { Fold } from "../data/fold";
import { leaveOneSubjectOut } from "../data/leave-one-subject-out";
import { optimismFolds } from "../data/optimism-folds";
import { heartRateHz } from "../data/pamap2-columns";
import type { Recording } from "../data/recording";
import { dataSets } from "../data/registry";
import type { Windows } from "../data/windows";
import type { Experiment } from "./experiment";

export interface DataFolders {
  /** Where a real data set lies; called only for experiments that need it. */
  readonly find: (dataSet: string) => string;
  /** For simulated files and parsed copies; safe to delete. */
  readonly prepared: string;
}

/** One folder for each size of the simulation, so that a small one does not replace a large one. */
export const simulationFolder = (prepared: string, secondsPerActivity = defaultSecondsPerActivity): string =>
  join(prepared, `pamap2-simulated-${secondsPerActivity}s`);

const defaultSecondsPerActivity = 45;

/** All recordings of the data set; those of the chosen activities are its segments. */
export async function openRecordings(
  {
    data,
    activities,
    secondsPerActivity = defaultSecondsPerActivity,
  }: Pick<Experiment, "data"> & Partial<Pick<Experiment, "activities" | "secondsPerActivity">>,
  folders: DataFolders,
): Promise<Recording[]> {
  const options = { ...(activities && { activities }), prepared: folders.prepared };
  if (data === "pamap2-simulated") {
    const folder = simulationFolder(folders.prepared, secondsPerActivity);
    return dataSets[data].read(folder, { ...options, simulation: { secondsPerActivity } });
  }
  // where the heart rate was filled forward, it is thinned to the rate at which it was measured: "reconstructed"
  return dataSets[data].read(folders.find(data), { ...options, heartRateHz });
}

/** @param modalities in the order of the presence axis */
export async function openWindows(
  experiment: Experiment,
  modalities: readonly string[],
  folders: DataFolders,
): Promise<Windows> {
  return cutWindows(await openRecordings(experiment, folders), { ...experiment.window, names: modalities });
}

/** @param seed of the split; the training's seeds are others, so that all of them see the same folds */
export function foldsOf(windows: Windows, { split }: Experiment, seed = 1): Fold[] {
  switch (split.kind) {
    case "leave-one-subject-out":
      return leaveOneSubjectOut(windows, { seed, exclude: split.exclude });
    case "optimism":
      return optimismFolds(windows, { seed, exclude: split.exclude });
  }
}
