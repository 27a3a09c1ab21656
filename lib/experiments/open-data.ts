/** From an experiment's description to its windows and folds. */
import type { Fold } from "../data/fold";
import type { Windows } from "../data/windows";
import { windowSources } from "./data-registry";
import type { Experiment } from "./experiment";
import { splits, type SplitWindows } from "./split-registry";
import type { DataFolders, WindowRequest, WindowSource } from "./window-source";

/** @param modalities in the order of the presence axis */
export const openWindows = async (
  experiment: Pick<Experiment, "data"> & WindowRequest,
  modalities: readonly string[],
  folders: DataFolders,
): Promise<Windows> => {
  const open: WindowSource = windowSources[experiment.data];
  return open(experiment, modalities, folders);
};

/** @param seed of the split; the training's seeds are others, so that all of them see the same folds */
export function foldsOf(windows: Windows, { split }: Pick<Experiment, "split">, seed = 1): Fold[] {
  const apply: SplitWindows = splits[split.kind];
  return apply(windows, split, seed);
}
