/** How each data set becomes an experiment's windows, by the name that experiments use. */
import { coincidenceWindows } from "./open-coincidence";
import { openEav, openSimulatedEav } from "./open-eav";
import { openPamap2, openSimulatedPamap2 } from "./open-pamap2";
import { openSpSwHar } from "./open-sp-sw-har";
import { openUtdMhad } from "./open-utd-mhad";
import type { WindowSource } from "./window-source";

export const windowSources = {
  pamap2: openPamap2,
  "pamap2-simulated": openSimulatedPamap2,
  coincidence: coincidenceWindows,
  "utd-mhad": openUtdMhad,
  "sp-sw-har": openSpSwHar,
  eav: openEav,
  "eav-simulated": openSimulatedEav,
} as const satisfies Record<string, WindowSource>;

export type SourceName = keyof typeof windowSources;
