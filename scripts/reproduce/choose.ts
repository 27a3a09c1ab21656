/** Which committed results are asked for: by experiment, by key, or the one that takes least time. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "fusion";
import {
  experiment,
  type ExperimentName,
  experimentNames,
  isSimulated,
} from "fusion/dist/experiments/experiment";
import { isStale } from "fusion/dist/experiments/stale";
import type { Circumstances } from "fusion/dist/experiments/result-files";
import { readResult } from "fusion/dist/experiments/store";

export interface Committed {
  readonly file: string;
  readonly experiment: ExperimentName;
  readonly result: Result;
  /** That it took when it was made. */
  readonly seconds: number;
  readonly stale: boolean;
}

export interface ChooseOptions {
  readonly all?: boolean;
  /** Is the experiment's data set on this machine? */
  readonly isHere: (dataSet: string) => boolean;
}

/**
 * @param asked names of experiments and beginnings of keys; without any, the cheapest run whose data are here, fresh ones first
 * @throws where something that was asked for is not committed, or its data are not here
 */
export function chooseResults(
  folder: string,
  asked: readonly string[],
  { all = false, isHere }: ChooseOptions,
): Committed[] {
  const canRun = (name: ExperimentName): boolean => isSimulated(name) || isHere(experiment(name).data);
  if (asked.length === 0) {
    const known = experimentNames.filter(canRun).flatMap((name) => committedOf(folder, name));
    if (known.length === 0)
      throw new Error(
        `npm run reproduce: expected a result whose data are here in ${folder}, got none; run: npm run data`,
      );
    return known.sort(byCost).slice(0, 1);
  }
  return asked.flatMap((wish) => {
    const name = experimentNames.find((known) => known === wish);
    const found = name ? committedOf(folder, name) : byKey(folder, wish);
    const lacking = found.find((one) => !canRun(one.experiment));
    if (lacking)
      throw new Error(
        `npm run reproduce: expected the data of ${lacking.experiment} (${experiment(lacking.experiment).data}) here, got none; run: npm run data, or set FUSION_DATA`,
      );
    return name && !all ? found.sort(byCost).slice(0, 1) : found;
  });
}

const byCost = (a: Committed, b: Committed): number =>
  Number(a.stale) - Number(b.stale) || a.seconds - b.seconds;

/** What is kept: full runs on real data, standard ones on simulated data. */
function committedOf(folder: string, name: ExperimentName): Committed[] {
  const from = join(folder, isSimulated(name) ? "standard" : "full", name);
  const files = existsSync(from) ? readdirSync(from).filter((file) => /^[0-9a-f]{16}\.json$/.test(file)) : [];
  if (files.length === 0) return [];
  return files.sort().map((file) => committed(join(from, file), name));
}

function byKey(folder: string, wish: string): Committed[] {
  const found = /^[0-9a-f]{4,16}$/.test(wish)
    ? experimentNames
        .flatMap((name) => committedOf(folder, name))
        .filter(({ result }) => result.key.startsWith(wish))
    : [];
  if (found.length === 1) return found;
  throw new Error(
    `npm run reproduce: expected an experiment of [${experimentNames.join(", ")}] or the beginning of one committed key, got "${wish}", which fits ${found.length} results; look into ${folder}`,
  );
}

function committed(file: string, name: ExperimentName): Committed {
  const result = readResult(file);
  const beside = file.replace(/\.json$/, ".run.json");
  const { seconds } = JSON.parse(readFileSync(beside, "utf8")) as Circumstances;
  return { file, experiment: name, result, seconds, stale: isStale(result) };
}
