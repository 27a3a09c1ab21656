/** What the code of a result was: a hash of every module that it can reach, comments aside. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Code {
  readonly hash: string;
  readonly imports: readonly string[];
}

type CodeIndex = Readonly<Record<string, Code & { readonly members?: Readonly<Record<string, Code>> }>>;

/**
 * SHA-256 over modules of `fusion` and all that they import, directly or not, in the order of their names.
 *
 * @param entries such as "experiments/run"
 * @param members registry → names: of such a module only these lines count, and what they reach
 * @param folder with code-index.json, which the build writes
 */
export function codeHash(
  entries: readonly string[],
  members: Readonly<Record<string, readonly string[]>> = {},
  folder: string = join(__dirname, ".."),
): string {
  const file = join(folder, "code-index.json");
  if (!existsSync(file)) throw new Error(`codeHash: expected ${file}, got none; run: npm run setup`);
  const index = readIndex(file);
  const reached = new Map<string, string>();
  const lacking = (what: string): Error =>
    new Error(`codeHash: expected ${what} in code-index.json, got none; run: npm run setup`);
  const visit = (module: string): void => {
    if (reached.has(module)) return;
    const found = index[module];
    if (!found) throw lacking(module);
    const chosen = members[module];
    if (!chosen) {
      reached.set(module, found.hash);
      return found.imports.forEach(visit);
    }
    const lines = [...chosen].sort().map((name) => {
      const line = found.members?.[name];
      if (!line) throw lacking(`${name} of ${module}`);
      return line;
    });
    reached.set(module, lines.map(({ hash }) => hash).join(" "));
    for (const { imports } of lines) imports.forEach(visit);
  };
  entries.forEach(visit);
  const hash = createHash("sha256");
  for (const module of [...reached.keys()].sort()) hash.update(`${module} ${reached.get(module)!}\n`);
  return hash.digest("hex");
}

let read: { readonly file: string; readonly index: CodeIndex } | undefined;

/** One build does not change while it runs, and a grid asks for many keys. */
function readIndex(file: string): CodeIndex {
  if (read?.file !== file) read = { file, index: JSON.parse(readFileSync(file, "utf8")) as CodeIndex };
  return read.index;
}
