/** TypeScript to JavaScript: the package `fusion` into lib/dist, scripts, tests and benchmarks into dist. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeCodeIndex } from "./code-index.mjs";
import { fingerprint, readStamp, run, stamped } from "./step.mjs";

/** @returns {import("./step.mjs").Step} */
export function buildStep(root) {
  const stamp = join(root, "dist", ".fusion-build");
  const wanted = fingerprint(root, ...sources(root));
  return {
    name: "TypeScript",
    done: () => (readStamp(stamp) === wanted ? "built" : undefined),
    work: () =>
      stamped(stamp, wanted, async () => {
        await run(root, "tsc", process.execPath, [
          join(root, "node_modules", "typescript", "bin", "tsc"),
          "-b",
        ]);
        writeCodeIndex(root);
        return "built";
      }),
    remedy: "mend what the compiler names above, then run the same command again",
  };
}

/** Name, size and time of every source: enough to know whether something was edited. */
function sources(root) {
  const found = [];
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== "dist" && entry.name !== "node_modules") walk(path);
      else if (/\.(ts|mjs)$|^tsconfig.*json$/.test(entry.name)) {
        const { mtimeMs, size } = statSync(join(root, path));
        found.push(`${path} ${size} ${mtimeMs}`);
      }
    }
  };
  for (const folder of ["lib", "scripts", "test", "bench"]) walk(folder);
  for (const file of ["tsconfig.json", "tsconfig.base.json", "package-lock.json"])
    found.push(`${file} ${statSync(join(root, file)).mtimeMs}`);
  return found.sort();
}
