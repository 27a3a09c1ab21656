/** What was expensive to learn of a source, in a folder that is safe to delete and never grows beyond a size. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs"; // prettier-ignore
import { join } from "node:path";
import { seal, unseal } from "../train/sealed";

export interface Cache {
  /** The tensors that were written under this key; undefined where there are none, or where they are torn. */
  read(key: string): Float32Array[] | undefined;
  /** Appears whole or not at all; what was used longest ago makes room. What is larger than the limit is not kept. */
  write(key: string, tensors: readonly Float32Array[]): void;
}

const magic = "fusion sources 1\n";

/** Names all that something depends on: plain data, in a fixed order. */
export const cacheKey = (identity: unknown): string =>
  createHash("sha256").update(JSON.stringify(identity)).digest("hex").slice(0, 32);

/** Nothing is remembered: every run trains its own. */
export const noCache: Cache = { read: () => undefined, write: () => {} };

/** @param limitBytes of all files together; a signature of dim 64 takes 16 KB a window */
export function folderCache(folder: string, limitBytes: number): Cache {
  const pathOf = (key: string): string => join(folder, `${key}.sealed`);
  return {
    read(key) {
      const path = pathOf(key);
      if (!existsSync(path)) return undefined;
      const found = unseal<{ key: string }>(magic, readFileSync(path));
      if (found?.header.key !== key) return undefined;
      utimesSync(path, new Date(), new Date());
      return found.tensors;
    },
    write(key, tensors) {
      const bytes = seal(magic, { key }, tensors);
      if (bytes.length > limitBytes) return;
      mkdirSync(folder, { recursive: true });
      makeRoom(folder, limitBytes - bytes.length);
      const unfinished = `${pathOf(key)}.${process.pid}.part`;
      writeFileSync(unfinished, bytes);
      renameSync(unfinished, pathOf(key));
    },
  };
}

/** Removes whole files, those that were read or written longest ago first, until all together take no more. */
function makeRoom(folder: string, bytes: number): void {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".sealed"))
    .flatMap((name) => {
      const path = join(folder, name);
      const found = statSync(path, { throwIfNoEntry: false }); // another process may have removed it
      return found ? [{ path, size: found.size, used: found.mtimeMs }] : [];
    })
    .sort((a, b) => a.used - b.used);
  let total = files.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size } of files) {
    if (total <= bytes) return;
    rmSync(path, { force: true });
    total -= size;
  }
}
