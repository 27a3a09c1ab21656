/** The questions that are trained for, by name. */
import { eegAudioExperiments } from "./eeg-audio-experiments";
import { Experiment } from "./experiment-schema";
import { pamap2Experiments } from "./pamap2-experiments";
import { simulatedExperiments } from "./simulated-experiments";
import { twoSensorExperiments } from "./two-sensor-experiments";

export type { Experiment, Variant } from "./experiment-schema";

export const experiments = {
  ...pamap2Experiments,
  ...simulatedExperiments,
  ...twoSensorExperiments,
  ...eegAudioExperiments,
};

export type ExperimentName = keyof typeof experiments;

export const experimentNames = Object.keys(experiments) as ExperimentName[];

/** @throws naming the field that is wrong */
export const experiment = (name: ExperimentName): Experiment => Experiment.parse(experiments[name]);

/** The experiment that counts this one's results as its own, if there is one; see `moreSeeds`. */
export const seedsOf = (name: ExperimentName): ExperimentName | undefined =>
  experimentNames.find((other) => experiment(other).moreSeeds === name);

/** Is it made of simulated data, which every machine can make? */
export const isSimulated = (name: ExperimentName): boolean =>
  ["pamap2-simulated", "coincidence", "eav-simulated"].includes(experiments[name].data);
