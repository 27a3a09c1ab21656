/** Which data sets are on this machine, whole or in part. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DataSet } from "./data-set";
import { missingFiles } from "./registry";

export type Described = Pick<DataSet, "name" | "title" | "licence" | "citation" | "homepage" | "files">;

export interface DataState {
  readonly name: string;
  /** "made" for data that are simulated when they are read. */
  readonly state: "present" | "partial" | "absent" | "made";
  /** The folder that a reader would take; undefined where there is none. */
  readonly folder?: string;
  /** Files that the folder lacks. */
  readonly missing: readonly string[];
}

/** @param folders where data sets are looked for, in this order; the first that has one of the name is taken, as readers do */
export function dataStates(sets: readonly Described[], folders: readonly string[]): DataState[] {
  return sets.map(({ name, files }) => {
    if (files.length === 0) return { name, state: "made", missing: [] };
    const places = folders.flatMap((place) => [join(place, name), join(place, name.replaceAll("-", "_"))]);
    const folder = places.find((place) => existsSync(place));
    if (folder === undefined) return { name, state: "absent", missing: files };
    const missing = missingFiles({ files }, (file) => existsSync(join(folder, file)));
    return { name, state: missing.length === 0 ? "present" : "partial", folder, missing };
  });
}
