/** What notebooks call: everything that the workspace knows is filled in. */
import { join } from "node:path";
import { interruptSignal } from "./engine/interrupt";
import { lineProgress } from "./train/progress";
import { requireDataSet, type Workspace } from "./workspace";
import { showMarkdown } from "./figures/show";
import { codeOfDescription, type Description, readDescription } from "./experiments/description";
import { amounts, type ExperimentName } from "./experiments/experiment";
import { runExperiment } from "./experiments/grid";
import { openRecordings, simulationFolder } from "./experiments/open-data";
import { codeOfRun } from "./experiments/run";
import { readResults } from "./experiments/store";
import type { Recording } from "./data/recording";
import type { Result } from "./experiments/result";

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
 * The committed results on real data, whatever data sets are on this machine. Where older code made them, the cell says
 * so above what it draws.
 *
 * @throws where they have not been made, with the command that makes them
 */
export function keptResults(name: ExperimentName, place: Pick<Workspace, "keptResults">): Result[] {
  const results = readResults(place.keptResults, "full", name);
  if (results.length === 0)
    throw new Error(
      `keptResults: expected results/full/${name}, got none; where the data are, run: npm run results -- ${name}`,
    );
  say(staleNote(`results of ${name}`, results, codeOfRun()));
  return results;
}

/** The committed description of a real data set; said to be stale as `keptResults` does. */
export function keptDescription(dataSet: string, place: Pick<Workspace, "keptResults">): Description {
  const description = readDescription(place.keptResults, dataSet);
  say(staleNote(`description of ${dataSet}`, [description], codeOfDescription()));
  return description;
}

/** What must stand above figures and tables of stale results; undefined where none is stale. */
export function staleNote(
  what: string,
  made: readonly { readonly code: string }[],
  current: string,
): string | undefined {
  const stale = made.filter(({ code }) => code !== current).length;
  if (stale === 0) return undefined;
  return `**Stale**: of the ${what}, ${stale} of ${made.length} were made by older code than this. Where the data are, \`npm run results\` renews them.`;
}

const say = (note: string | undefined): void => {
  if (note !== undefined) showMarkdown(note);
};
