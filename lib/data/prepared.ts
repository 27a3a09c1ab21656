/** Columns that were expensive to make, kept as Arrow IPC files in a folder that is safe to delete. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { threadId } from "node:worker_threads";
import { tableFromArrays, tableFromIPC, tableToIPC } from "@uwdata/flechette"; // arquero's own; loads at once
import type { NumberColumn } from "./number-scanner";

/** Names what the columns were made from and how; another source or another option has another key. */
export interface PreparedKey {
  /** Of the source's bytes. */
  readonly sha256: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * @returns the columns, views of one file's bytes; undefined where there are none for this key or where they are torn
 */
export function readPrepared(folder: string, name: string, key: PreparedKey): Record<string, NumberColumn> | undefined {
  const path = preparedPath(folder, name, key);
  if (!existsSync(path) || !existsSync(sumPath(path))) return undefined;
  const bytes = readFileSync(path);
  if (readFileSync(sumPath(path), "utf8") !== sumLine(path, bytes)) return undefined;
  const table = tableFromIPC(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return Object.fromEntries(table.names.map((column) => [column, table.getChild(column).toArray() as NumberColumn]));
}

/** Each file appears whole or not at all; the checksum comes last, so that columns without one count as torn. */
export function writePrepared(
  folder: string,
  name: string,
  key: PreparedKey,
  columns: Readonly<Record<string, NumberColumn>>,
): void {
  mkdirSync(folder, { recursive: true });
  const path = preparedPath(folder, name, key);
  const bytes = tableToIPC(tableFromArrays({ ...columns }), { format: "file" })!; // null only where a sink is given
  writeWhole(path, bytes);
  writeWhole(sumPath(path), sumLine(path, bytes));
}

function preparedPath(folder: string, name: string, { sha256, options }: PreparedKey): string {
  const key = createHash("sha256").update(JSON.stringify([sha256, options])).digest("hex");
  return join(folder, `${name}-${key.slice(0, 32)}.arrow`);
}

const sumPath = (path: string): string => `${path}.sha256`;

/** As `sha256sum` writes it, so that `sha256sum --check` can read it. */
const sumLine = (path: string, bytes: Uint8Array): string =>
  `${createHash("sha256").update(bytes).digest("hex")}  ${basename(path)}\n`;

function writeWhole(path: string, content: Uint8Array | string): void {
  const unfinished = `${path}.${process.pid}-${threadId}.tmp`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, path);
}
