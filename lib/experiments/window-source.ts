/** From files or a simulation to windows: what each data set of an experiment offers. */
import type { AlignmentName } from "../data/alignment-registry";
import type { Windows } from "../data/windows";

export interface DataFolders {
  /** Where a real data set lies; called only for experiments that need it. */
  readonly find: (dataSet: string) => string;
  /** For simulated files and parsed copies; safe to delete. */
  readonly prepared: string;
}

/** The part of an experiment that says which windows; a source takes what it knows of. */
export interface WindowRequest {
  /** PAMAP2's numbers of the activities that are classes. */
  readonly activities?: readonly number[] | undefined;
  readonly window: {
    readonly lengthSeconds: number;
    readonly strideSeconds: number;
    readonly rateHz: Readonly<Record<string, number>>;
    readonly labelSeconds?: number | undefined;
  };
  /** How slow sensors are put beside fast ones; each on its own clock where not given. Of PAMAP2 only. */
  readonly alignment?: AlignmentName | undefined;
  readonly secondsPerActivity?: number | undefined;
  readonly windowsPerSubject?: number | undefined;
}

/** @param modalities in the order of the presence axis */
export type WindowSource = (
  request: WindowRequest,
  modalities: readonly string[],
  folders: DataFolders,
) => Windows | Promise<Windows>;
