/** EAV, recorded or simulated, as an experiment wants it. */
import { join } from "node:path";
import { cutWindows } from "../data/cut-windows";
import { readEav } from "../data/eav";
import { eavSimulated } from "../data/eav-simulated";
import type { WindowSource } from "./window-source";

export const openEav: WindowSource = async ({ window }, names, { find, prepared }) =>
  cutWindows(await readEav(find("eav"), { prepared: join(prepared, "eav") }), { ...window, names });

/** Four windows a trial, five emotions: `windowsPerSubject` in twenties; four trials of each emotion at least. */
export const openSimulatedEav: WindowSource = async (
  { window, windowsPerSubject = 200 },
  names,
  { prepared },
) => {
  const trialsPerClass = Math.max(4, Math.round(windowsPerSubject / 20));
  const folder = join(prepared, `eav-simulated-${trialsPerClass}`);
  const recordings = await eavSimulated.read(folder, {
    simulation: { trialsPerClass },
    prepared: `${folder}-parts`,
  });
  return cutWindows(recordings, { ...window, names });
};
