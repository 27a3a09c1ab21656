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
  if (missing.length > 0) {
    const guesses = missing.map(({ request }) => expected(request));
    lines.push(
      guesses.includes(undefined)
        ? `no earlier run to guess the time by`
        : saySpan(guesses as number[], jobs),
      `make them${stale.length > 0 ? ", and remove the stale ones" : ""}: npm run experiment -- ${name}${options} --jobs ${jobs}`,
      `make one of them alone: npm run experiment -- ${name}${options} --run KEY`,
    );
  } else if (stale.length > 0) lines.push(`remove the stale ones: npm run experiment -- ${name}${options}`);
  return lines.join("\n");
}

/** @param seconds of each missing run */
export const saySpan = (seconds: readonly number[], jobs: number): string =>
  `the missing ones take about ${clock(makespan(seconds, jobs))} with ${jobs} ${jobs === 1 ? "job" : "jobs"}, going by earlier runs (${clock(makespan(seconds, 1))} one after the other)`;

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
