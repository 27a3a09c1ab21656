/** EAV where nobody may download it: simulated, written where it is asked for and read like the original. */
import type { DataSet } from "./data-set";
import { type EavOptions, readEav } from "./eav";
import { type EavSimulationOptions, simulateEav } from "./simulate-eav";

export interface SimulatedEavOptions extends Omit<EavOptions, "dataset"> {
  /** Another simulation replaces the one in the folder. */
  readonly simulation?: Partial<EavSimulationOptions>;
}

/** Trials of 4 s instead of 20 s: a fifth of the bytes, windows of 1 s instead of 5 s. */
const smallEav: EavSimulationOptions = { subjects: 8, trialsPerClass: 20, trialSeconds: 4, seed: 1 };

export const eavSimulated: DataSet<SimulatedEavOptions> = {
  name: "eav-simulated",
  title: "EAV, simulated",
  licence: "MIT, as the rest of this project",
  citation: "lib/data/simulate-eav.ts; layout after M.-H. Lee et al., Scientific Data 11, 1026 (2024)",
  homepage: "https://doi.org/10.5281/zenodo.10205702", // of the original
  files: [], // made when read
  async read(folder, { simulation, ...options } = {}) {
    simulateEav(folder, { ...smallEav, ...simulation });
    return readEav(folder, { ...options, dataset: "eav-simulated" });
  },
};
