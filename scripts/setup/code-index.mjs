/** What each module of `fusion` does and imports, without its comments: a result's key covers the code it can reach. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

/** Writes lib/dist/code-index.json: module -> { hash of its JavaScript without comments, modules of ours it imports }. */
export function writeCodeIndex(root) {
  const ts = createRequire(import.meta.url)("typescript");
  const dist = join(root, "lib", "dist");
  const printer = ts.createPrinter({ removeComments: true });
  const index = {};
  for (const file of readdirSync(dist, { recursive: true })
    .map(String)
    .filter((f) => f.endsWith(".js"))
    .sort()) {
    const path = join(dist, file);
    const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, false);
    const text = printer.printFile(source).replace(/\n?\/\/# sourceMappingURL=.*/, "");
    const imports = [...text.matchAll(/require\("(\.[^"]+)"\)/g)].map(([, name]) =>
      relative(dist, join(dirname(path), name)).replaceAll("\\", "/"),
    );
    index[file.replace(/\.js$/, "").replaceAll("\\", "/")] = {
      hash: createHash("sha256").update(text).digest("hex"),
      imports: [...new Set(imports)].sort(),
    };
  }
  writeFileSync(join(dist, "code-index.json.part"), JSON.stringify(index, null, 1));
  renameSync(join(dist, "code-index.json.part"), join(dist, "code-index.json"));
}
