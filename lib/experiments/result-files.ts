/** How a result and its circumstances are written: readable, with short diffs, whole or not at all. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** What is true of one running of it, but not of the result: lies beside, outside its key and bytes. */
export interface Circumstances {
  readonly seconds: number;
  readonly finished: string;
  readonly host: string;
  readonly commit: string;
}

/** `<file>` and, beside it, `<file without .json>.run.json`; the result last, since its presence says that the run is finished. */
export function writeWithCircumstances(file: string, result: object, circumstances: Circumstances): void {
  mkdirSync(dirname(file), { recursive: true });
  const write = (path: string, content: object): void => {
    writeFileSync(`${path}.part`, toText(content));
    renameSync(`${path}.part`, path);
  };
  write(file.replace(/\.json$/, ".run.json"), circumstances);
  write(file, result);
}

/** A list or an object that holds no other on one line, so that a table can be read and a diff is short. */
const toText = (content: object): string =>
  JSON.stringify(content, null, 1).replace(/[[{][^[\]{}]*[\]}]/g, (leaf) => leaf.replace(/\n\s*/g, " ")) +
  "\n";
