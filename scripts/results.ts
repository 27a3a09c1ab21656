/** `npm run results`: computes what is missing or stale in `results/`, where the data are. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEngine, workspace } from "fusion";
import { readPamap2 } from "fusion";
import { describeRecordings, writeDescription } from "fusion/dist/experiments/description";
import {
  experimentNames,
  realActivities,
  type ExperimentName,
  isSimulated,
} from "fusion/dist/experiments/experiment";
import { runExperiment } from "fusion/dist/experiments/grid";
import { removeReplaced } from "fusion/dist/experiments/store";
import { terminalProgress } from "fusion/dist/train/progress";
import { checkProfile, findDataSet, requireDataSet } from "fusion/dist/workspace";

const description = "describe-pamap2";

const help = `npm run results                         every experiment whose data are here, into results/
npm run results -- optimism-pamap2       one or more by name: ${[description, ...experimentNames].join(", ")}
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
  const asked = positionals.length > 0 ? positionals : [...(here ? [description] : []), ...experimentNames];
  const names = asked.filter((name) => name !== description).map(checkName);
  const controller = new AbortController();
  process.once("SIGINT", () => {
    console.log("\nstopping after this batch; a second Ctrl-C stops at once");
    controller.abort();
  });
  await startEngine();
  const { root, prepared } = workspace;
  const results = join(root, values.to);
  if (asked.includes(description)) await describePamap2(results, values.to);
  for (const name of names) {
    const simulated = isSimulated(name);
    if (!simulated && positionals.length === 0 && !here) {
      console.log(`${name}: left out, its data are not here (npm run data -- pamap2, or FUSION_DATA)`);
      continue;
    }
    // what is kept: full runs on real data, standard ones on simulated data
    const profile = values.profile ? checkProfile(values.profile) : simulated ? "standard" : "full";
    const started = performance.now();
    const made = await runExperiment(name, {
      profile,
      folders: { find: (dataSet) => requireDataSet(workspace, dataSet), prepared },
      results,
      checkpoints: join(root, "build", "checkpoints"),
      signal: controller.signal,
      progress: (done, of, title) => {
        console.log(`${done + 1}/${of} ${title}`);
        return terminalProgress(process.stderr, () => performance.now());
      },
      commit: commitOf(root),
    });
    const replaced = removeReplaced(
      results,
      profile,
      name,
      made.map(({ key }) => key),
    );
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(
      `${name}: ${made.length} runs in ${values.to}/${profile}/${name}, ${replaced.length} older ones removed, ${seconds} s`,
    );
  }
  return 0;
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

function checkName(name: string): ExperimentName {
  const known = experimentNames.find((n) => n === name);
  if (known) return known;
  throw new Error(
    `npm run results: expected one of [${[description, ...experimentNames].join(", ")}], got "${name}"; see --help`,
  );
}

/** The commit, with a mark where the tree differs from it; "unknown" outside of git. */
function commitOf(root: string): string {
  try {
    return execFileSync("git", ["describe", "--always", "--dirty"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "unknown"; // recorded beside a result, part of no key
  }
}

main().then(
  (code) => process.exit(code), // an engine's threads must not keep the process
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
