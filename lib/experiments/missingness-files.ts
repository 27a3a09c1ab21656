/** Where descriptions of gaps lie: one a data set, beside the results of what was trained on it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MissingnessDescription } from "./missingness-description";

const folderOf = (results: string, dataSet: string): string => join(results, "full", `describe-${dataSet}`);

/** Replaces whatever description of the data set was there. */
export function writeMissingness(results: string, description: MissingnessDescription): string {
  const folder = folderOf(results, description.dataSet);
  const file = `${description.key}.json`;
  mkdirSync(folder, { recursive: true });
  const content = JSON.stringify(MissingnessDescription.parse(description), null, 1) + "\n";
  writeFileSync(join(folder, `${file}.part`), content);
  renameSync(join(folder, `${file}.part`), join(folder, file));
  for (const name of readdirSync(folder)) if (name !== file) rmSync(join(folder, name));
  return join(folder, file);
}

/** @throws where the data set has not been described, with the command that does it */
export function readMissingness(results: string, dataSet: string): MissingnessDescription {
  const folder = folderOf(results, dataSet);
  const [name] = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".json")) : [];
  if (!name)
    throw new Error(
      `readMissingness: expected a description in ${folder}, got none; where the data are, run: npm run results -- describe-${dataSet}`,
    );
  return MissingnessDescription.parse(JSON.parse(readFileSync(join(folder, name), "utf8")));
}
