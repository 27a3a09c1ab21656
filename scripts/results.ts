/** `npm run results`: computes what is missing or stale in `results/`, where the data are. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { readPamap2, startEngine, workspace } from "fusion";
import { describeRecordings, writeDescription } from "fusion/dist/experiments/description";
import { experimentNames, experiments } from "fusion/dist/experiments/experiment";
import { writeMissingness } from "fusion/dist/experiments/missingness-files";
import { missingnessSources } from "fusion/dist/experiments/missingness-registry";
import { realActivities } from "fusion/dist/experiments/pamap2-experiments";
import { studyNames } from "fusion/dist/experiments/study-registry";
import { findDataSet, requireDataSet } from "fusion/dist/workspace";
import { untilInterrupted } from "./run/grid-terminal";
import { checkName, isHere, makeGrid, profileOf } from "./run/grids";
import { makeStudy, studiesNamed, studyProfile } from "./run/studies";

const description = "describe-pamap2";
const gapDescriptions = Object.keys(missingnessSources).map((name) => `describe-${name}`);

const help = `npm run results                         every experiment whose data are here, into results/
npm run results -- optimism-pamap2       one or more by name: ${[description, ...gapDescriptions, ...experimentNames].join(", ")}
npm run results -- collapse-simulated    studies, by name only, since some take hours: ${studyNames.join(", ")}
npm run results -- --profile tiny --to build/results    another amount of work, another folder
Finished runs are not computed again; an interrupted one goes on from its last epoch.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      profile: { type: "string" },
      to: { type: "string", default: "results" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const here = findDataSet(workspace, "pamap2") !== undefined;
  const described = gapDescriptions.filter((name) => findDataSet(workspace, dataSetOf(name)) !== undefined);
  const asked =
    positionals.length > 0 ? positionals : [...(here ? [description] : []), ...described, ...experimentNames];
  const studied = asked.flatMap((name) => studiesNamed(name) ?? []);
  const names = asked
    .filter((name) => name !== description && !gapDescriptions.includes(name) && !studiesNamed(name))
    .map((name) => checkName("npm run results", name, [description, ...gapDescriptions, ...studyNames]));
  const signal = untilInterrupted();
  await startEngine();
  const { to } = values;
  if (asked.includes(description)) await describePamap2(resolve(workspace.root, to), to);
  for (const name of gapDescriptions.filter((one) => asked.includes(one)))
    await describeGaps(dataSetOf(name), resolve(workspace.root, to), to);
  let failed = 0;
  for (const study of studied)
    failed += await makeStudy({
      ...{ study, profile: studyProfile(study, values.profile), to, jobs: 2, signal },
    });
  for (const name of names)
    if (positionals.length > 0 || isHere(name))
      failed += await makeGrid({
        ...{ name, profile: profileOf(name, values.profile), to, jobs: 2, logits: false, signal },
      });
    else
      console.log(
        `${name}: left out, its data are not here (npm run data -- ${experiments[name].data}, or FUSION_DATA)`,
      );
  return failed === 0 ? 0 : 1;
}

/** What the data set is like, beside what models make of it. */
async function describePamap2(results: string, shown: string): Promise<void> {
  const { prepared } = workspace;
  const folder = requireDataSet(workspace, "pamap2");
  const everything = await readPamap2(folder, { prepared });
  const recordings = await readPamap2(folder, { activities: realActivities, prepared });
  writeDescription(results, describeRecordings("pamap2", everything, recordings, ["109"]));
  console.log(`pamap2: described in ${shown}/full/${description}`);
}

const dataSetOf = (name: string): string => name.replace(/^describe-/, "");

/** What a data set lacks by itself. */
async function describeGaps(dataSet: string, results: string, shown: string): Promise<void> {
  writeMissingness(results, await missingnessSources[dataSet]!(requireDataSet(workspace, dataSet)));
  console.log(`${dataSet}: its gaps are described in ${shown}/full/describe-${dataSet}`);
}

main().then(
  (code) => process.exit(code), // an engine's threads must not keep the process
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
