/** The embedded default: simulated PAMAP2, written where it is asked for and read like the original. */
import type { DataSet } from "./data-set";
import { readPamap2, type Pamap2Options } from "./pamap2";
import { simulatePamap2, type SimulationOptions } from "./simulate-pamap2";

export interface SimulatedPamap2Options extends Pamap2Options {
  /** Which people, how much of them; another simulation replaces the one in the folder. */
  readonly simulation?: SimulationOptions;
}

export const pamap2Simulated: DataSet<SimulatedPamap2Options> = {
  name: "pamap2-simulated",
  title: "PAMAP2, simulated",
  licence: "MIT, as the rest of this project",
  citation: "lib/data/simulate-pamap2.ts; layout after A. Reiss and D. Stricker, ISWC 2012, pp. 108-109",
  homepage: "https://archive.ics.uci.edu/dataset/231/pamap2+physical+activity+monitoring", // of the original
  files: [], // made when read
  async read(folder, { simulation, ...options } = {}) {
    simulatePamap2(folder, simulation);
    return readPamap2(folder, { dataset: "pamap2-simulated", ...options });
  },
};
