/** From an experiment's description to its windows and folds. */
import { join } from "node:path";
import { cutWindows } from "../data/cut-windows";
import type { Fold } from "../data/fold";
import { leaveOneSubjectOut } from "../data/leave-one-subject-out";
import { optimismFolds } from "../data/optimism-folds";
import { readPamap2 } from "../data/pamap2";
import { simulatePamap2 } from "../data/simulate-pamap2";
import type { Windows } from "../data/windows";
import type { Experiment } from "./experiment";

export interface DataFolders {
  /** Where a real data set lies; called only for experiments that need it. */
  readonly find: (dataSet: string) => string;
  /** For simulated files and parsed copies; safe to delete. */
  readonly prepared: string;
}

/** @param modalities in the order of the presence axis */
export async function openWindows(
  { data, activities, window, secondsPerActivity = 45 }: Experiment,
  modalities: readonly string[],
  folders: DataFolders,
): Promise<Windows> {
  let folder: string;
  if (data === "pamap2-simulated") {
    folder = join(folders.prepared, `${data}-${secondsPerActivity}s`);
    simulatePamap2(folder, { secondsPerActivity });
  } else folder = folders.find(data);
  const recordings = await readPamap2(folder, { activities, prepared: folders.prepared });
  return cutWindows(recordings, { ...window, names: modalities });
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
