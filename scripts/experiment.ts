/** `npm run experiment`: makes the runs of an experiment that are missing or stale, says what it would do, or makes one run. */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { startEngine, workspace } from "fusion";
import { experiment, type ExperimentName, experimentNames } from "fusion/dist/experiments/experiment";
import { makeRun } from "fusion/dist/experiments/make-run";
import { planOf } from "fusion/dist/experiments/plan";
import { isStale } from "fusion/dist/experiments/stale";
import { keysOf, readResult, resultFile } from "fusion/dist/experiments/store";
import { surveyOf } from "fusion/dist/experiments/survey";
import { dryRun } from "./run/dry-run";
import { untilInterrupted } from "./run/grid-terminal";
import { checkJobs, checkName, folders, isHere, makeGrid, placesOf, profileOf } from "./run/grids";
import {
  dryRunStudy,
  makeOneOfStudy,
  makeStudy,
  studiesNamed,
  studyIsHere,
  studyProfile,
  toldOf,
} from "./run/studies";
import { type Study } from "fusion/dist/experiments/study";
import { studies, studyNames } from "fusion/dist/experiments/study-registry";

const who = "npm run experiment";

const help = `npm run experiment                              lists experiments, and which of their results are stale
npm run experiment -- loso-pamap2               makes what is missing, a process for each core; removes what it replaced
npm run experiment -- loso-pamap2 --dry-run     what is there, missing, stale, and how long it may take
npm run experiment -- collapse                  all studies whose names begin so: ${studyNames.join(", ")}
npm run experiment -- loso-pamap2 --run KEY     one run alone, as a cluster's scheduler would start it: reads preset and
                                                data, writes its own file; without a name it looks through all experiments
  --jobs N      processes at the same time (unless told: one for each core)
  --profile P   tiny, standard, full (unless told: full for real data, standard for simulated)
  --to DIR      where results lie, from the root (unless told: results)
  --logits      a run whose logits are not beside its result is made again
Finished runs are not computed again; Ctrl-C stops within a batch, and the next start goes on from the last epoch.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      profile: { type: "string" },
      to: { type: "string", default: "results" },
      jobs: { type: "string" },
      run: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      logits: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return say(help);
  const asked = positionals.flatMap(
    (name): readonly (ExperimentName | Study)[] => studiesNamed(name) ?? [checkName(who, name, studyNames)],
  );
  if (asked.length === 0 && values.run === undefined) return say(list(values.to, values.profile));
  const jobs = checkJobs(who, values.jobs, availableParallelism());
  const { to, logits } = values;
  const signal = untilInterrupted();
  await startEngine();
  if (values.run !== undefined) return runOne(values.run, asked, values.profile, to, signal);
  let failed = 0;
  for (const one of asked)
    if (typeof one === "string") {
      const request = { name: one, profile: profileOf(one, values.profile), to, jobs, logits, signal };
      if (values["dry-run"]) console.log(await dryRun(request));
      else failed += await makeGrid(request);
    } else {
      const request = { study: one, profile: studyProfile(one, values.profile), to, jobs, signal };
      if (values["dry-run"]) console.log(await dryRunStudy(request));
      else failed += await makeStudy(request);
    }
  return failed === 0 ? 0 : 1;
}

function say(text: string): number {
  console.log(text);
  return 0;
}

/** Without opening any data: keys need them, staleness of code does not. */
function list(to: string, asked: string | undefined): string {
  const results = resolve(workspace.root, to);
  const rows: (readonly [string, string, string, string])[] = experimentNames.map((name) => {
    const profile = profileOf(name, asked);
    const keys = keysOf(results, profile, name);
    const stale = keys.filter((key) => isStaleFile(resultFile(results, profile, name, key))).length;
    const renew = stale > 0 && isHere(name) ? `; renew: npm run experiment -- ${name}` : "";
    const data = `${experiment(name).data}${isHere(name) ? "" : " (not here)"}`;
    const told = keys.length === 0 ? "no results" : `${keys.length} results, ${stale} stale${renew}`;
    return [name, data, profile, told];
  });
  for (const study of studies) {
    const data = `${study.data.join(", ") || "simulated"}${studyIsHere(study) ? "" : " (not here)"}`;
    const profile = studyProfile(study, asked);
    rows.push([study.name, data, profile, toldOf(study, profile, to)]);
  }
  const width = (column: 0 | 1 | 2): number => Math.max(...rows.map((row) => row[column].length));
  return rows
    .map(([name, data, profile, told]) =>
      [name.padEnd(width(0)), data.padEnd(width(1)), profile.padEnd(width(2)), told].join("  "),
    )
    .join("\n");
}

function isStaleFile(file: string): boolean {
  try {
    return isStale(readResult(file));
  } catch {
    return true; // in a form of older code
  }
}

/** Writes the files of this run alone. */
async function runOne(
  key: string,
  asked: readonly (ExperimentName | Study)[],
  profile: string | undefined,
  to: string,
  signal: AbortSignal,
): Promise<number> {
  const places = placesOf(to);
  const all = [...experimentNames.filter(isHere), ...studies.filter(studyIsHere)];
  const searched = asked.length > 0 ? asked : all;
  for (const one of searched) {
    if (typeof one !== "string") {
      const told = await makeOneOfStudy(key, { study: one, profile: studyProfile(one, profile), to, signal });
      if (told === undefined) continue;
      return say(told);
    }
    const plan = planOf(one, profileOf(one, profile));
    const { runs } = await surveyOf(plan, { folders, results: places.results });
    const found = runs.find((run) => run.key === key);
    if (!found) continue;
    const { request, title, file } = found;
    if (file) return say(`${key} ${title}: is in ${file}`);
    const { pooled } = await makeRun(request, places, { signal });
    return say(
      `${key} ${title}: accuracy ${pooled.accuracy.toFixed(3)}, macro-F1 ${pooled.macroF1.toFixed(3)}`,
    );
  }
  const names = searched.map((one) => (typeof one === "string" ? one : one.name));
  throw new Error(
    `${who}: expected a key of a run of [${names.join(", ")}] under this code, data and engine, got ${key}; list them: npm run experiment -- NAME --dry-run`,
  );
}

main().then(
  (code) => process.exit(code), // an engine's threads must not keep the process
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
