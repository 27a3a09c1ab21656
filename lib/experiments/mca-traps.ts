/** All traps that have a number each way, in the order of their names. */
import type { McaResult } from "./mca-result";
import type { McaTrap } from "./mca-trap";
import { inputTraps } from "./mca-traps-input";
import { lossTraps } from "./mca-traps-loss";
import { networkTraps } from "./mca-traps-network";
import { scoreTraps } from "./mca-traps-scores";

const order = "M1 M2 M3 M4 M5 M6 M7 M10 M11 M12 M13 M15 Z1 E1 E2 E3 E4 E5".split(" ");

/** @param results of a study, for the traps that only a training shows; see `scoreTraps` */
export const mcaTraps = (results: readonly McaResult[]): McaTrap[] =>
  [...networkTraps(), ...lossTraps(), ...inputTraps(), ...scoreTraps(results)].sort(
    (a, b) => order.indexOf(a.trap) - order.indexOf(b.trap),
  );
