/** ExtraSensory's minutes as blocks of features, four groups of people. */
import { readExtraSensory } from "../data/extrasensory";
import { extraSensoryMainActivities, mainActivity } from "../data/extrasensory-layout";
import { tokenFolds } from "../data/token-folds";
import { tokensOfVectors } from "../data/tokens-of-vectors";
import { type McaSource, splitSeed } from "./mca-data";

/**
 * Sensors that fail one without the other. Left out: the magnetometer, which is gone with the gyroscope; the phone's state, since
 * the time of day in it tells what people do at that hour; light and pressure, which no phone here has whole.
 */
const modalities = {
  acceleration: { from: ["raw_acc"] },
  gyroscope: { from: ["proc_gyro"] },
  watch: { from: ["watch_acceleration", "watch_heading"] },
  location: { from: ["location", "location_quick_features"] },
  audio: { from: ["audio_naive", "audio_properties"] },
};

/**
 * The main activity, of which a person does one at a time, instead of all 51 labels: a probe and macro-F1 ask for one class, and
 * of most other labels nothing is said in most minutes. Running and bicycling are left out: a few people did them, so that who is
 * held out would decide.
 */
const classes = Object.values(extraSensoryMainActivities).slice(0, 4);

export const openExtraSensoryTokens: McaSource = async (_, folders) => {
  const recordings = await readExtraSensory(folders.find("extrasensory"));
  const data = tokensOfVectors(recordings, {
    ...{ modalities, classes },
    // with a learned token for each of 26 channels 61 in all
    tokens: 7,
    classOf: (target) =>
      [mainActivity(target)].find((activity) => activity !== undefined && activity < classes.length),
    // one minute is much like the next
    every: 3,
  });
  return { data, splits: tokenFolds(data, { folds: 4, seed: splitSeed }) };
};
