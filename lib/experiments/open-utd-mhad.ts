/** UTD-MHAD as an experiment wants it: a window for each trial, each modality in its own time. */
import { withCentredSkeleton } from "../data/centred-skeleton";
import { cutWindows } from "../data/cut-windows";
import { inOwnTime } from "../data/own-time";
import { readUtdMhad } from "../data/utd-mhad";
import { utdBody } from "../data/utd-mhad-layout";
import type { WindowSource } from "./window-source";

/** The clock counts trials: `lengthSeconds` and `strideSeconds` are 1, `rateHz` the steps of a window. */
export const openUtdMhad: WindowSource = async ({ window }, names, { find }) => {
  const recordings = withCentredSkeleton(await readUtdMhad(find("utd-mhad")), "skeleton", utdBody);
  return cutWindows(inOwnTime(recordings, window.rateHz), { ...window, names });
};
