/** From an experiment's description to its windows and folds. */
import { join } from "node:path";
import { cutWindows } from "../data/cut-windows";
import { fixedSubjects } from "../data/fixed-subjects";
import type { Fold } from "../data/fold";
import { leaveOneSubjectOut } from "../data/leave-one-subject-out";
import { optimismFolds } from "../data/optimism-folds";
import { heartRateHz } from "../data/pamap2-columns";
import type { Recording } from "../data/recording";
import { dataSets } from "../data/registry";
import { selectModalities } from "../data/select-modalities";
import { type Coincidence, simulateCoincidence } from "../data/simulate-coincidence";
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
  }: {
    readonly data: Exclude<Experiment["data"], "coincidence">;
    readonly activities?: Experiment["activities"];
    readonly secondsPerActivity?: Experiment["secondsPerActivity"];
  },
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
  const { data } = experiment;
  if (data === "coincidence") return selectModalities(openCoincidence(experiment).windows, modalities);
  const recordings = await openRecordings({ ...experiment, data }, folders);
  return cutWindows(recordings, { ...experiment.window, names: modalities });
}

/** The simulation of an experiment, with the truth beside its windows. */
export const openCoincidence = ({
  windowsPerSubject = 600,
}: Pick<Experiment, "windowsPerSubject">): Coincidence =>
  simulateCoincidence({ subjects: 12, windowsPerSubject, seed: 1 });

/** @param seed of the split; the training's seeds are others, so that all of them see the same folds */
export function foldsOf(windows: Windows, { split }: Experiment, seed = 1): Fold[] {
  switch (split.kind) {
    case "leave-one-subject-out":
      return leaveOneSubjectOut(windows, { seed, exclude: split.exclude });
    case "optimism":
      return optimismFolds(windows, { seed, exclude: split.exclude });
    case "fixed-subjects":
      return fixedSubjects(windows, split);
  }
}
