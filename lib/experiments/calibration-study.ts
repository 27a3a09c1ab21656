/** Calibration of an experiment's runs as a study: a result for each preset, over its folds and seeds. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { calibrationKey, calibrationOfRuns, codeOfCalibration, type LoggedRun } from "./calibration-of-runs";
import { CalibrationResult } from "./calibration-result";
import { type ExperimentName, experiments, isSimulated } from "./experiment";
import { type KeptLogits, readLogits } from "./logits-file";
import { makeRun } from "./make-run";
import { planOf, requestsOfPlan } from "./plan";
import { runKey, type RunRequest } from "./run-key";
import { isStale } from "./stale";
import { logitsFile, readResult, resultFile } from "./store";
import { readStudyResult, type Study, type StudyContext, type StudyRun } from "./study";

/** Every fusion with three seeds, new people and shared people, real and simulated; the same windows under three splits. */
const calibrated = [
  ...([
    "ensemble-simulated",
    "loso-pamap2",
    "fusion-pamap2",
    "attention-pamap2",
    "baselines-pamap2",
  ] as const),
  ...(["utd-mhad", "sp-sw-har-groups", "fusion-published-pamap2", "optimism-pamap2"] as const),
] satisfies ExperimentName[];
export type CalibratedExperiment = (typeof calibrated)[number];

export const calibrationStudyName = (experiment: CalibratedExperiment): string => `calibration-${experiment}`;

export function calibrationStudy(experiment: CalibratedExperiment): Study {
  return {
    name: calibrationStudyName(experiment),
    data: isSimulated(experiment) ? [] : [experiments[experiment].data],
    async runs(profile, folders) {
      const requests = await requestsOfPlan(planOf(experiment, profile), folders);
      const presets = [...new Set(requests.map(({ presetName }) => presetName))];
      return presets.map((presetName): StudyRun => {
        const own = requests.filter((request) => request.presetName === presetName);
        return {
          key: calibrationKey(own.map((request) => runKey(request))),
          title: `${presetName}, ${own.length} runs`,
          weight: own.length,
          make: (context) => calibrate(own, context),
        };
      });
    },
    isStale(file) {
      const { code, profile, runs } = readStudyResult(CalibrationResult, file);
      const results = join(dirname(file), "..", "..");
      const isOld = (key: string): boolean => {
        const run = resultFile(results, profile, experiment, key);
        return !existsSync(run) || isStale(readResult(run));
      };
      return code !== codeOfCalibration() || runs.some(isOld);
    },
  };
}

/** Runs whose logits do not lie beside their results are made again; their results are the same bytes. */
async function calibrate(
  requests: readonly RunRequest[],
  { results, checkpoints, signal, progress }: StudyContext,
): Promise<CalibrationResult | undefined> {
  if (!results)
    throw new Error(
      "calibrationStudy: expected a folder of results, got none; run: npm run experiment -- NAME",
    );
  const logged: LoggedRun[] = [];
  for (const request of requests) {
    const key = runKey(request);
    const files = [resultFile, logitsFile].map((of) => of(results, request.profile, request.experiment, key));
    if (!files.every((file) => existsSync(file)))
      await makeRun(
        request,
        { results, ...(checkpoints && { checkpoints: checkpoints.folder }) },
        { signal, progress },
      );
    logged.push({ result: readResult(files[0]!), logits: checkedLogits(files[1]!, key) });
  }
  return calibrationOfRuns(logged);
}

function checkedLogits(file: string, key: string): KeptLogits {
  const logits = readLogits(file);
  if (logits.key !== key)
    throw new Error(
      `calibrationStudy: ${file}: expected logits of the run ${key}, got those of ${logits.key}; remove it and start again`,
    );
  return logits;
}

export const calibrationStudies: readonly Study[] = calibrated.map(calibrationStudy);
