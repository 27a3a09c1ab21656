/** A committed result of a study, made again beside it and compared, number by number. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Workspace } from "fusion";
import { differingFields } from "fusion/dist/experiments/reproduced";
import type { Circumstances } from "fusion/dist/experiments/result-files";
import { keysOf, resultFile } from "fusion/dist/experiments/store";
import type { Study } from "fusion/dist/experiments/study";
import { makeStudyRun } from "fusion/dist/experiments/study-grid";
import { requireDataSet } from "fusion/dist/workspace";
import { studyProfile } from "../run/studies";
import type { Verdict } from "./say";

export interface ReproducedStudy {
  readonly verdict: Verdict;
  readonly said: string;
}

/** The run that took least time, or all; writes below build/reproduce alone. */
export async function reproduceStudy(
  study: Study,
  place: Workspace,
  { all }: { readonly all: boolean },
): Promise<ReproducedStudy[]> {
  const profile = studyProfile(study, undefined);
  const committed = keysOf(place.keptResults, profile, study.name)
    .map((key) => resultFile(place.keptResults, profile, study.name, key))
    .map((file) => ({ file, seconds: secondsOf(file) }))
    .sort((a, b) => a.seconds - b.seconds);
  if (committed.length === 0)
    throw new Error(
      `npm run reproduce: expected a result in ${join(place.keptResults, profile, study.name)}, got none; make them: npm run experiment -- ${study.name}`,
    );
  const find = (dataSet: string): string => requireDataSet(place, dataSet);
  const runs = await study.runs(profile, { prepared: place.prepared, find });
  const current = committed.filter(({ file }) => runs.some(({ key }) => file.endsWith(`${key}.json`)));
  const told: ReproducedStudy[] = [];
  for (const { file } of all ? committed : [...current, ...committed].slice(0, 1)) {
    const run = runs.find(({ key }) => file.endsWith(`${key}.json`));
    if (!run) {
      const why = "stale: older code, data or another engine made it";
      told.push({
        verdict: "stale",
        said: `${file}\n  ${why}; npm run experiment -- ${study.name} renews it\n`,
      });
      continue;
    }
    const results = join(place.root, "build", "reproduce");
    await makeStudyRun(study.name, profile, run, { results }, {});
    const [was, is] = [file, resultFile(results, profile, study.name, run.key)].map((path) =>
      readFileSync(path, "utf8"),
    );
    const fields = differingFields(JSON.parse(was!), JSON.parse(is!));
    const verdict = was === is ? "equal" : "different";
    const how = was === is ? "equal, byte for byte" : `different: ${fields.slice(0, 8).join(", ")}`;
    told.push({ verdict, said: `${study.name}, ${run.title}\n  ${file}\n  ${how}\n` });
  }
  return told;
}

function secondsOf(file: string): number {
  const beside = file.replace(/\.json$/, ".run.json");
  return existsSync(beside) ? (JSON.parse(readFileSync(beside, "utf8")) as Circumstances).seconds : Infinity;
}
