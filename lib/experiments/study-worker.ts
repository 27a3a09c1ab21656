/** What a process of a study's grid does: one run after the other, over data that it opens once. */
import { worker } from "workerpool";
import type { EngineIdentity } from "../engine/identity";
import type { Profile } from "../workspace";
import type { StudyRun } from "./study";
import { makeStudyRun, type StudyPlaces } from "./study-grid";
import { studyNamed } from "./study-registry";
import { startLike, toldProgress } from "./worker-news";

export interface StudyTask {
  readonly study: string;
  readonly profile: Profile;
  readonly key: string;
  readonly places: StudyPlaces;
  readonly engine: EngineIdentity;
  readonly prepared: string;
  /** Data set → where it lies. */
  readonly dataSets: Readonly<Record<string, string>>;
}

let opened: { readonly study: string; readonly runs: Promise<Map<string, StudyRun>> } | undefined;

async function make({ study: name, profile, key, places, engine, prepared, dataSets }: StudyTask) {
  await startLike(engine);
  if (opened?.study !== name) {
    const runs = studyNamed(name).runs(profile, { prepared, find: (dataSet) => dataSets[dataSet]! });
    opened = { study: name, runs: runs.then((all) => new Map(all.map((run) => [run.key, run]))) };
  }
  const run = (await opened.runs).get(key);
  if (!run)
    throw new Error(
      `study worker: expected the run ${key} among those of ${name}, got none; code or data have changed since the grid began: start it again`,
    );
  await makeStudyRun(name, profile, run, places, { progress: toldProgress() });
}

worker({ make });
