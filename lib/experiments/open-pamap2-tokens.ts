/** PAMAP2's windows of 5.12 s as twelve tokens a sensor, four groups of people. */
import { subjectGroups } from "../data/subject-groups";
import { tokensOfWindows } from "../data/tokens-of-windows";
import { type McaSource, splitSeed } from "./mca-data";
import { openPamap2 } from "./open-pamap2";

/** Those of the republished part that several people did: running, stairs up, stairs down, rope jumping. */
const activities = [5, 12, 13, 24];
const rateHz = { hand: 25, chest: 25, ankle: 25, heart: 9 };

export const openPamap2Tokens: McaSource = async (_, folders) => {
  const window = { lengthSeconds: 5.12, strideSeconds: 1, rateHz };
  const windows = await openPamap2({ activities, window }, Object.keys(rateHz), folders);
  // 109 did nothing but rope jumping
  const folds = subjectGroups(windows, { groups: 4, seed: splitSeed, exclude: ["109"] });
  const splits = folds.map(({ heldOut, train, stop, calibration, test }) => ({
    name: heldOut,
    // one of the two who are held back decides between sensors, the other is learned from
    ...{ train: Int32Array.from([...train, ...calibration]).sort(), validation: stop, test },
  }));
  return { data: tokensOfWindows(windows, 12), splits };
};
