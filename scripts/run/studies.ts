/** Studies by name: what of them is there, what they would do, and the missing runs made. */
import { join, resolve } from "node:path";
import { workspace } from "fusion";
import { readCircumstances } from "fusion/dist/experiments/circumstances";
import { FailedRuns } from "fusion/dist/experiments/failed-runs";
import { keysOf, removeReplaced, resultFile } from "fusion/dist/experiments/store";
import type { Study } from "fusion/dist/experiments/study";
import {
  makeStudyRun,
  runStudy,
  type SurveyedStudyRun,
  surveyStudy,
} from "fusion/dist/experiments/study-grid";
import { studies } from "fusion/dist/experiments/study-registry";
import { checkProfile, findDataSet, type Profile } from "fusion/dist/workspace";
import { commitOf } from "./commit-of";
import { nextSteps } from "./dry-run";
import { gridTerminal } from "./grid-terminal";
import { folders } from "./grids";

export interface StudyRequest {
  readonly study: Study;
  readonly profile: Profile;
  /** As it was given, from the root if relative. */
  readonly to: string;
  readonly jobs: number;
  readonly signal: AbortSignal;
}

/** The study of this name, or all whose names begin with it ("collapse"); undefined where there is none. */
export function studiesNamed(name: string): readonly Study[] | undefined {
  const found = studies.filter((study) => study.name === name || study.name.startsWith(`${name}-`));
  return found.length > 0 ? found : undefined;
}

/** What is kept: full runs on real data, and of a simulation what a lesson takes. */
export const studyProfile = (study: Study, asked: string | undefined): Profile =>
  asked !== undefined ? checkProfile(asked) : (study.kept ?? (study.data.length > 0 ? "full" : "standard"));

export const studyIsHere = (study: Study): boolean =>
  study.data.every((name) => findDataSet(workspace, name) !== undefined);

const placesOf = (to: string) => ({
  results: resolve(workspace.root, to),
  checkpoints: join(workspace.root, "build", "checkpoints"),
  commit: commitOf(workspace.root),
});

/** @returns how many runs failed; results that newer ones have replaced are removed where none did */
export async function makeStudy({ study, profile, to, jobs, signal }: StudyRequest): Promise<number> {
  const places = placesOf(to);
  const where = `${to}/${profile}/${study.name}`;
  try {
    const options = { ...places, profile, folders, jobs, signal, progress: gridTerminal() };
    const files = await runStudy(study, options);
    const keys = files.map((file) => /([^/\\]+)\.json$/.exec(file)![1]!);
    const replaced = removeReplaced(places.results, profile, study.name, keys);
    console.log(`${study.name}: ${files.length} runs in ${where}, ${replaced.length} older ones removed`);
    return 0;
  } catch (error) {
    if (!(error instanceof FailedRuns)) throw error;
    console.log(`${study.name}: ${error.results.length} runs in ${where}, the failed ones:`);
    for (const { key, title, error: why } of error.failures) console.log(`  ${key} ${title}: ${why.message}`);
    return error.failures.length;
  }
}

export async function dryRunStudy({
  study,
  profile,
  to,
  jobs,
}: Omit<StudyRequest, "signal">): Promise<string> {
  const places = placesOf(to);
  const surveyed = await surveyStudy(study, { ...places, profile, folders });
  const missing = surveyed.filter(({ file }) => !file).map(({ run }) => run);
  const wanted = new Set(surveyed.map(({ run }) => run.key));
  const stale = keysOf(places.results, profile, study.name).filter((key) => !wanted.has(key));
  const rate = secondsPerWeight(surveyed, { results: places.results, profile, study });
  return [
    `${study.name} (${profile}): ${surveyed.length} runs, of which ${missing.length} are missing; beside them ${stale.length} of other code or data`,
    ...surveyed.map(({ run, file }) => `  ${file ? "there  " : "missing"} ${run.key} ${run.title}`),
    ...stale.map((key) => `  stale   ${key}`),
    ...nextSteps(`npm run experiment -- ${study.name}`, {
      missing: missing.map(({ weight }) => (rate === undefined ? undefined : rate * weight)),
      ...{ stale: stale.length, jobs },
    }),
  ].join("\n");
}

/** By those that are there; undefined where nobody has noted how long one took. */
function secondsPerWeight(
  surveyed: readonly SurveyedStudyRun[],
  { results, profile, study }: { readonly results: string } & Pick<StudyRequest, "profile" | "study">,
): number | undefined {
  let [seconds, weight] = [0, 0];
  for (const { run, file } of surveyed) {
    const took = file
      ? readCircumstances(results, { profile, experiment: study.name, key: run.key })
      : undefined;
    if (!took) continue;
    seconds += took.seconds;
    weight += run.weight;
  }
  return weight > 0 ? seconds / weight : undefined;
}

/** One line of the list: how many results there are, and how many are stale. */
export function toldOf(study: Study, profile: Profile, to: string): string {
  const results = resolve(workspace.root, to);
  const keys = keysOf(results, profile, study.name);
  if (keys.length === 0) return "no results";
  const stale = keys.filter((key) => isStaleFile(study, resultFile(results, profile, study.name, key)));
  const renew = stale.length > 0 && studyIsHere(study) ? `; renew: npm run experiment -- ${study.name}` : "";
  return `${keys.length} results, ${stale.length} stale${renew}`;
}

function isStaleFile(study: Study, file: string): boolean {
  try {
    return study.isStale(file);
  } catch {
    return true; // in a form of older code
  }
}

/** Makes one run alone; undefined where the study has no such run. */
export async function makeOneOfStudy(
  key: string,
  { study, profile, to, signal }: Omit<StudyRequest, "jobs">,
): Promise<string | undefined> {
  const places = placesOf(to);
  const found = (await surveyStudy(study, { ...places, profile, folders })).find(
    ({ run }) => run.key === key,
  );
  if (!found) return undefined;
  const { run, file } = found;
  if (file) return `${key} ${run.title}: is in ${file}`;
  await makeStudyRun(study.name, profile, run, places, { signal });
  return `${key} ${run.title}: is in ${resultFile(places.results, profile, study.name, key)}`;
}
