/** What is known of how a result was made, beside it: nothing of it is part of the result. */
import { existsSync, readFileSync } from "node:fs";
import type { Profile } from "../workspace";
import type { Circumstances } from "./result-files";
import { resultFile } from "./store";

/** @returns undefined where they are not kept */
export function readCircumstances(
  folder: string,
  result: { readonly profile: Profile; readonly experiment: string; readonly key: string },
): Circumstances | undefined {
  const { profile, experiment, key } = result;
  const file = resultFile(folder, profile, experiment, key).replace(/\.json$/, ".run.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Circumstances) : undefined;
}
