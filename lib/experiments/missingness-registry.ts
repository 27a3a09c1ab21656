/** The data sets whose own gaps are described: what a sample is, and which classes its gaps are held against. */
import { readExtraSensory } from "../data/extrasensory";
import { extraSensoryMainActivities, mainActivity } from "../data/extrasensory-layout";
import { accAssays, accLabels, readTcgaAcc } from "../data/tcga-acc";
import { brcaSubtypes, readTcgaBrca } from "../data/tcga-brca";
import { tokensOfVectors } from "../data/tokens-of-vectors";
import { describeMissingness, type MissingnessDescription } from "./missingness-description";

const alone = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, { from: [name] }]));
const activities = Object.values(extraSensoryMainActivities);
/** Any number will do: a row is looked at for whether it is there. */
const tokens = 1;

export const missingnessSources: Readonly<
  Record<string, (folder: string) => Promise<MissingnessDescription>>
> = {
  /** Every minute, those of which nothing was said among them. */
  extrasensory: async (folder) => {
    const data = tokensOfVectors(await readExtraSensory(folder), {
      modalities: {
        acceleration: { from: ["raw_acc"] },
        gyroscope: { from: ["proc_gyro"] },
        magnetometer: { from: ["raw_magnet"] },
        watch: { from: ["watch_acceleration"] },
        "watch heading": { from: ["watch_heading"] },
        location: { from: ["location", "location_quick_features"] },
        audio: { from: ["audio_naive", "audio_properties"] },
        "phone state": { from: ["discrete"] },
      },
      ...{ tokens, classes: [...activities, "nothing said"] },
      classOf: (target) => mainActivity(target) ?? activities.length,
    });
    return describeMissingness(data, true);
  },
  /** A patient each, those of unknown stage among them. */
  "tcga-acc": async (folder) => {
    const data = tokensOfVectors(await readTcgaAcc(folder), {
      ...{ modalities: alone(Object.keys(accAssays)), tokens, classes: ["early", "advanced", "unknown"] },
      classOf: (target) =>
        [target[accLabels.indexOf("advanced stage")]!].map((x) => (Number.isNaN(x) ? 2 : x))[0],
    });
    return describeMissingness(data, false);
  },
  "tcga-brca": async (folder) => {
    const data = tokensOfVectors(await readTcgaBrca(folder), {
      ...{ modalities: alone(["mrna", "mirna", "protein"]), tokens, classes: brcaSubtypes },
      classOf: ([target]) => target,
    });
    return describeMissingness(data, false);
  },
};
