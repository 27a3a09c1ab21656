/** What the notebook on calibration calls: everything that the workspace knows is filled in. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { interruptSignal } from "./engine/interrupt";
import type { LoggedRun } from "./experiments/calibration-of-runs";
import { CalibrationResult } from "./experiments/calibration-result";
import {
  type CalibratedExperiment,
  calibrationStudy,
  calibrationStudyName,
} from "./experiments/calibration-study";
import type { Windows } from "./data/windows";
import { runExperiment } from "./experiments/grid";
import { gridLineReporter } from "./experiments/grid-progress";
import { readLogits } from "./experiments/logits-file";
import { openWindows } from "./experiments/open-data";
import { planOf } from "./experiments/plan";
import { logitsFile } from "./experiments/store";
import { readStudyResult, readStudyResults } from "./experiments/study";
import { runStudy } from "./experiments/study-grid";
import { showMarkdown } from "./figures/show";
import { sayStaleOf } from "./notebook";
import { requireDataSet, type Workspace } from "./workspace";

export interface Calibrated {
  /** A run's answers to each window, with every set of sensors. */
  readonly runs: readonly LoggedRun[];
  /** What they come to, by preset. */
  readonly calibrations: readonly CalibrationResult[];
}

/** Trains what has not been trained here, with its logits, as `trainHere` does, and calibrates it. */
export async function calibrateHere(name: CalibratedExperiment, place: Workspace): Promise<Calibrated> {
  const folders = { prepared: place.prepared, find: (dataSet: string) => requireDataSet(place, dataSet) };
  const shared = {
    ...{ profile: place.profile, folders, results: place.results, signal: interruptSignal() },
    checkpoints: join(place.build, "checkpoints"),
  };
  const results = await runExperiment(name, {
    ...shared,
    logits: true, // these are in no git, so that committed results do not serve
    models: join(place.build, "models"),
    jobs: place.profile === "tiny" ? 1 : Math.min(2, availableParallelism()),
    progress: gridLineReporter((text) => void process.stdout.write(text)),
  });
  const runs = results.map((result): LoggedRun => ({
    result,
    logits: readLogits(logitsFile(place.results, place.profile, name, result.key)),
  }));
  const files = await runStudy(calibrationStudy(name), shared);
  return { runs, calibrations: files.map((file) => readStudyResult(CalibrationResult, file)) };
}

/**
 * The committed calibrations on real data; where older code made some of them, the cell says so above what it draws.
 *
 * @throws where they have not been made, with the command that makes them
 */
export function keptCalibrations(
  name: CalibratedExperiment,
  place: Pick<Workspace, "keptResults">,
): CalibrationResult[] {
  const study = calibrationStudyName(name);
  const kept = readStudyResults(CalibrationResult, place.keptResults, "full", study);
  if (kept.length === 0)
    throw new Error(
      `keptCalibrations: expected results/full/${study}, got none; where the data are, run: npm run experiment -- ${study}`,
    );
  sayStaleOf(calibrationStudy(name), kept, place, `calibrations of ${name}`);
  return kept.sort((a, b) => a.presetName.localeCompare(b.presetName));
}

/** As `keptCalibrations`; where they have not been made the cell says so, and with which command they are. */
export function keptCalibrationsIfMade(
  name: CalibratedExperiment,
  place: Pick<Workspace, "keptResults">,
): CalibrationResult[] | undefined {
  const study = calibrationStudyName(name);
  if (existsSync(join(place.keptResults, "full", study))) return keptCalibrations(name, place);
  showMarkdown(
    `**Not run**: there are no calibrations of ${name} yet. Where the data are, \`npm run experiment -- ${study}\` makes them.`,
  );
  return undefined;
}

/**
 * The same people at other activities: windows that are like nothing the experiment's models have learned.
 *
 * @param activities PAMAP2's numbers
 */
export function unseenWindows(
  name: CalibratedExperiment,
  activities: readonly number[],
  place: Workspace,
): Promise<Windows> {
  const { problem, presets } = planOf(name, place.profile);
  const modalities = [...new Set(presets.flatMap(({ preset }) => preset.modalities))];
  return openWindows({ ...problem, activities }, modalities, {
    prepared: place.prepared,
    find: (dataSet) => requireDataSet(place, dataSet),
  });
}
