/** PAMAP2, recorded or simulated, as an experiment wants it. */
import { join } from "node:path";
import { type Alignment, alignments } from "../data/alignment-registry";
import { readPamap2 } from "../data/pamap2";
import { heartRateHz } from "../data/pamap2-columns";
import { pamap2Simulated } from "../data/pamap2-simulated";
import type { Recording } from "../data/recording";
import type { DataFolders, WindowRequest, WindowSource } from "./window-source";

/** One folder for each size of the simulation, so that a small one does not replace a large one. */
export const simulationFolder = (prepared: string, secondsPerActivity = defaultSecondsPerActivity): string =>
  join(prepared, `pamap2-simulated-${secondsPerActivity}s`);

const defaultSecondsPerActivity = 45;

type Wanted = Pick<WindowRequest, "activities" | "secondsPerActivity">;

const options = ({ activities }: Wanted, prepared: string) => ({
  ...(activities && { activities: [...activities] }),
  prepared,
});

/** All recordings; those of the chosen activities are its segments. */
export const pamap2Recordings = (wanted: Wanted, { find, prepared }: DataFolders): Promise<Recording[]> =>
  // where the heart rate was filled forward, it is thinned to the rate at which it was measured: "reconstructed"
  readPamap2(find("pamap2"), { ...options(wanted, prepared), heartRateHz });

export function simulatedPamap2Recordings(
  wanted: Wanted,
  { prepared }: Pick<DataFolders, "prepared">,
): Promise<Recording[]> {
  const { secondsPerActivity = defaultSecondsPerActivity } = wanted;
  const folder = simulationFolder(prepared, secondsPerActivity);
  return pamap2Simulated.read(folder, { ...options(wanted, prepared), simulation: { secondsPerActivity } });
}

export const openPamap2: WindowSource = async (request, names, folders) =>
  aligned(request)(await pamap2Recordings(request, folders), { ...request.window, names });

export const openSimulatedPamap2: WindowSource = async (request, names, folders) =>
  aligned(request)(await simulatedPamap2Recordings(request, folders), { ...request.window, names });

const aligned = ({ alignment = "own-rate" }: Pick<WindowRequest, "alignment">): Alignment =>
  alignments[alignment];
