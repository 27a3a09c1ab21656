/** What an experiment would do, without doing it. */
import { resolve } from "node:path";
import { workspace } from "fusion";
import { expectedSeconds } from "fusion/dist/experiments/expected-seconds";
import { planOf, titleOf } from "fusion/dist/experiments/plan";
import { clock } from "fusion/dist/experiments/grid-progress";
import { isStale } from "fusion/dist/experiments/stale";
import { readResult, resultFile } from "fusion/dist/experiments/store";
import { surveyOf } from "fusion/dist/experiments/survey";
import { folders, type GridRequest, profileOf } from "./grids";

export async function dryRun({
  name,
  profile,
  to,
  jobs,
  logits,
}: Omit<GridRequest, "signal">): Promise<string> {
  const results = resolve(workspace.root, to);
  const plan = planOf(name, profile);
  const { runs, missing, stale } = await surveyOf(plan, { folders, results, logits });
  const expected = expectedSeconds([results], plan);
  const gone = new Set(missing.map(({ key }) => key));
  const lines = [
    `${name} (${profile}): ${runs.length} runs, of which ${runs.length - missing.length} are in ${to}/${profile}/${name} and ${missing.length} missing; beside them ${stale.length} of other code, data or engine`,
  ];
  for (const { key, title, request } of runs) {
    const seconds = expected(request);
    const guess = gone.has(key) && seconds !== undefined ? `, about ${clock(seconds)}` : "";
    lines.push(`  ${gone.has(key) ? "missing" : "there  "} ${key} ${title}${guess}`);
  }
  for (const key of stale)
    lines.push(`  stale   ${key} ${staleTitle(resultFile(results, profile, name, key))}`);
  const options = `${profile === profileOf(name, undefined) ? "" : ` --profile ${profile}`}${to === "results" ? "" : ` --to ${to}`}`;
  const command = `npm run experiment -- ${name}${options}`;
  const guesses = missing.map(({ request }) => expected(request));
  lines.push(...nextSteps(command, { missing: guesses, stale: stale.length, jobs }));
  if (missing.length > 0) lines.push(`make one of them alone: ${command} --run KEY`);
  return lines.join("\n");
}

interface ToDo {
  /** Seconds that each missing run may take; undefined where nothing is there to guess by. */
  readonly missing: readonly (number | undefined)[];
  /** How many results are stale. */
  readonly stale: number;
  readonly jobs: number;
}

/** How long the missing runs may take, and the command that makes them and removes what is stale. */
export function nextSteps(command: string, { missing, stale, jobs }: ToDo): string[] {
  if (missing.length === 0) return stale > 0 ? [`remove the stale ones: ${command}`] : [];
  const known = missing.filter((seconds) => seconds !== undefined);
  return [
    known.length < missing.length
      ? "no earlier run to guess the time by"
      : `the missing ones take about ${clock(makespan(known, jobs))} with ${jobs} ${jobs === 1 ? "job" : "jobs"}, going by earlier runs (${clock(makespan(known, 1))} one after the other)`,
    `make them${stale > 0 ? ", and remove the stale ones" : ""}: ${command} --jobs ${jobs}`,
  ];
}

/** Each run goes to the job that is free first. */
export function makespan(seconds: readonly number[], jobs: number): number {
  const free = new Array<number>(jobs).fill(0);
  for (const each of seconds) free[free.indexOf(Math.min(...free))]! += each;
  return Math.max(...free);
}

function staleTitle(file: string): string {
  try {
    const result = readResult(file);
    return `${titleOf(result)}: ${isStale(result) ? "older code or another preset" : "other data, folds, seeds or engine"}`;
  } catch {
    return "in a form of older code";
  }
}
