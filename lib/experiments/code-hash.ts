/** What the code of a result was: a hash of every module that it can reach, comments aside. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

type CodeIndex = Readonly<Record<string, { readonly hash: string; readonly imports: readonly string[] }>>;

/**
 * SHA-256 over modules of `fusion` and all that they import, directly or not, in the order of their names.
 *
 * @param entries such as "experiments/run"
 * @param folder with code-index.json, which the build writes
 */
export function codeHash(entries: readonly string[], folder: string = join(__dirname, "..")): string {
  const file = join(folder, "code-index.json");
  if (!existsSync(file)) throw new Error(`codeHash: expected ${file}, got none; run: npm run setup`);
  const index = JSON.parse(readFileSync(file, "utf8")) as CodeIndex;
  const reached = new Set<string>();
  const visit = (module: string): void => {
    if (reached.has(module)) return;
    const found = index[module];
    if (!found)
      throw new Error(`codeHash: expected ${module} in code-index.json, got none; run: npm run setup`);
    reached.add(module);
    found.imports.forEach(visit);
  };
  entries.forEach(visit);
  const hash = createHash("sha256");
  for (const module of [...reached].sort()) hash.update(`${module} ${index[module]!.hash}\n`);
  return hash.digest("hex");
}
