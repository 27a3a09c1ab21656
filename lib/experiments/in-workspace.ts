/** Experiments as notebooks call them: everything that the workspace knows is filled in. */
import { join } from "node:path";
import { interruptSignal } from "../engine/interrupt";
import { lineProgress } from "../train/progress";
import { requireDataSet, type Workspace } from "../workspace";
import { amounts, type ExperimentName } from "./experiment";
import { runExperiment } from "./grid";
import { openRecordings, simulationFolder } from "./open-data";
import { readResults } from "./store";
import type { Recording } from "../data/recording";
import type { Result } from "./result";

/** Where the files of `simulatedRecordings` lie. */
export const simulatedFolder = ({ profile, prepared }: Pick<Workspace, "profile" | "prepared">): string =>
  simulationFolder(prepared, amounts[profile].secondsPerActivity);

/** Simulated PAMAP2, as large as the profile has it, with the protocol's twelve activities as classes. */
export const simulatedRecordings = ({ profile, prepared }: Workspace): Promise<Recording[]> =>
  openRecordings(
    { data: "pamap2-simulated", secondsPerActivity: amounts[profile].secondsPerActivity },
    { prepared, find: () => prepared },
  );

/**
 * Runs what has not been run, with a bar that is gone from the saved notebook; the interrupt button stops it, and the
 * next call goes on. In a lesson committed results serve as well; where everything is to be made afresh they do not.
 */
export function trainHere(name: ExperimentName, place: Workspace): Promise<Result[]> {
  return runExperiment(name, {
    profile: place.profile,
    folders: { prepared: place.prepared, find: (dataSet) => requireDataSet(place, dataSet) },
    results: place.results,
    reuse: place.isFresh ? [] : [place.keptResults],
    checkpoints: join(place.build, "checkpoints"),
    signal: interruptSignal(),
    progress: (done, of, title) =>
      lineProgress(
        (text) => void process.stdout.write(text),
        () => performance.now(),
        `run ${done + 1}/${of}, ${title}: `,
      ),
  });
}

/**
 * The committed results on real data, whatever data sets are on this machine.
 *
 * @throws where they have not been made, with the command that makes them
 */
export function keptResults(name: ExperimentName, place: Pick<Workspace, "keptResults">): Result[] {
  const results = readResults(place.keptResults, "full", name);
  if (results.length === 0)
    throw new Error(
      `keptResults: expected results/full/${name}, got none; where the data are, run: npm run results -- ${name}`,
    );
  return results;
}
