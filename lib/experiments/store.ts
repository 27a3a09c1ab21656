/** Results on disk: one JSON a run, found by experiment, told apart by key. */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ZodError } from "zod";
import type { Profile } from "../workspace";
import { Result } from "./result";
import { type Circumstances, writeWithCircumstances } from "./result-files";

/** `results/<profile>/<experiment>/<key>.json` */
export const resultFile = (folder: string, profile: Profile, experiment: string, key: string): string =>
  join(folder, profile, experiment, `${key}.json`);

/** Beside a result: the answers that it was made of. Large, not in git, and made anew when asked for. */
export const logitsFile = (folder: string, profile: Profile, experiment: string, key: string): string =>
  join(folder, profile, experiment, `${key}.logits`);

/**
 * Both files whole or not at all; the result last, since its presence says that the run is finished.
 *
 * @throws naming the field that does not keep the form of a result
 */
export function writeResult(folder: string, result: Result, circumstances: Circumstances): void {
  const file = resultFile(folder, result.profile, result.experiment, result.key);
  const checked = Result.safeParse(result);
  if (!checked.success)
    throw new Error(
      `writeResult: ${file}: expected a result, got ${firstOf(checked.error)}; mend what made it`,
    );
  writeWithCircumstances(file, checked.data, circumstances);
}

/** The field and what is wrong with it. */
const firstOf = ({ issues: [first] }: ZodError): string => `${first!.path.join(".")}: ${first!.message}`;

/** @throws naming the file that is no result, and the field */
export function readResult(file: string): Result {
  const parsed = Result.safeParse(parseJson(file));
  if (parsed.success) return parsed.data;
  throw new Error(
    `readResult: ${file}: expected a result, got ${firstOf(parsed.error)}; it was written by other code: remove it and run: npm run results`,
  );
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(
      `readResult: ${file}: expected JSON, got ${String(error)}; remove it and run: npm run results`,
    );
  }
}

/** All results of an experiment, by preset, split, held-out subject and seed; none where it has not run. */
export function readResults(folder: string, profile: Profile, experiment: string): Result[] {
  const from = join(folder, profile, experiment);
  if (!existsSync(from)) return [];
  const names = readdirSync(from).filter((name) => name.endsWith(".json") && !name.endsWith(".run.json"));
  return names.map((name) => readResult(join(from, name))).sort(inOrder);
}

/** From the kindest split to the strictest, as tables are read. */
const splits = ["random", "blocked", "leave-one-subject-out"];

const inOrder = (a: Result, b: Result): number =>
  a.presetName.localeCompare(b.presetName) ||
  splits.indexOf(a.fold.split) - splits.indexOf(b.fold.split) ||
  a.fold.heldOut.localeCompare(b.fold.heldOut) ||
  a.seed - b.seed;

/** The keys of all results of an experiment, whether or not this code can read them. */
export function keysOf(folder: string, profile: Profile, experiment: string): string[] {
  const from = join(folder, profile, experiment);
  if (!existsSync(from)) return [];
  return readdirSync(from)
    .flatMap((name) => /^([^.]+)\.json$/.exec(name)?.[1] ?? [])
    .sort();
}

/** Removes results that newer runs have replaced, with all that lies beside them; returns their keys. */
export function removeReplaced(
  folder: string,
  profile: Profile,
  experiment: string,
  current: readonly string[],
): string[] {
  const old = keysOf(folder, profile, experiment).filter((key) => !current.includes(key));
  const from = join(folder, profile, experiment);
  for (const key of old)
    for (const file of readdirSync(from).filter((name) => name.startsWith(`${key}.`)))
      rmSync(join(from, file), { force: true });
  return old;
}
