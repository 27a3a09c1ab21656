/** The README's recipe "Add a fusion", done with its own lines in a copy of the library. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { codeOfRun } from "fusion/dist/experiments/run-key";
import { presets } from "fusion/dist/experiments/preset";

const root = process.cwd();

/** The section's file, and its lines for the registry and the presets. */
function recipe(): { file: string; name: string; builder: string; line: string; preset: string } {
  const [, section] = /### Add a fusion\n([^]*?)\n### /.exec(readFileSync("README.md", "utf8"))!;
  const [, file] = /```ts\n([^]*?)```/.exec(section!)!;
  const [, line, name, builder] = /registry\.ts`, `((\w+): (\w+),)`/.exec(section!)!;
  const [, preset] = /preset\.ts`, `("[^`]*)`/.exec(section!)!;
  return { file: file!, name: name!, builder: builder!, line: line!, preset: preset! };
}

/** A copy of the built library, with packages beside it as they are here. */
function copyLibrary(to: string): void {
  cpSync(join(root, "lib", "dist"), join(to, "lib", "dist"), { recursive: true });
  cpSync(join(root, "lib", "package.json"), join(to, "lib", "package.json"));
  mkdirSync(join(to, "node_modules"));
  for (const name of readdirSync(join(root, "node_modules")).filter(
    (n) => n !== "fusion" && !n.startsWith("."),
  ))
    symlinkSync(join(root, "node_modules", name), join(to, "node_modules", name));
  symlinkSync(join(to, "lib"), join(to, "node_modules", "fusion"));
  for (const name of ["train/problem.js", "experiments/own-fusion-child.js"]) {
    mkdirSync(dirname(join(to, "test", name)), { recursive: true });
    cpSync(join(root, "dist", "test", name), join(to, "test", name));
  }
}

test("a fusion that is added as the README says trains through the run path, and makes no other result stale", () => {
  const { file, name, builder, line, preset } = recipe();
  const to = mkdtempSync(join(tmpdir(), "fusion-own-"));
  try {
    copyLibrary(to);
    const compile = (module: string, source: string): void =>
      writeFileSync(
        join(to, "lib", "dist", `${module}.js`),
        transpileModule(source, {
          compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
        }).outputText,
      );
    const insert = (module: string, table: string, added: string): string => {
      const source = readFileSync(join(root, "lib", `${module}.ts`), "utf8");
      assert.ok(source.includes(table), `${module} has ${table}`);
      return source.replace(table, `${table}\n  ${added}`);
    };
    compile(`fusion/${name}`, file);
    const registry = insert("fusion/registry", "export const fusions = {", line);
    compile(
      "fusion/registry",
      registry.replace("\nimport ", `\nimport { ${builder} } from "./${name}";\nimport `),
    );
    compile("experiments/preset", insert("experiments/preset", "export const presets = {", preset));
    const index = join(root, "scripts", "setup", "code-index.mjs");
    const write = `import(${JSON.stringify(pathToFileURL(index).href)}).then((m) => m.writeCodeIndex(${JSON.stringify(to)}))`;
    const indexed = spawnSync(process.execPath, ["-e", write], { encoding: "utf8" });
    assert.equal(indexed.status, 0, indexed.stderr);

    const child = spawnSync(
      process.execPath,
      [join(to, "test", "experiments", "own-fusion-child.js"), name],
      {
        encoding: "utf8",
      },
    );
    assert.equal(child.status, 0, child.stderr);
    const told = JSON.parse(child.stdout) as Record<"accuracy" | "majorityAccuracy", number> &
      Record<"code" | "early" | "word", string>;
    assert.ok(told.accuracy > 0.8 && told.majorityAccuracy < 0.4, child.stdout);
    assert.equal(told.word, `${name}-conv`, "the command line knows its name");
    const source = { data: "pamap2", split: { kind: "fixed-subjects" } } as const;
    assert.equal(told.early, codeOfRun({ preset: presets["early-conv"], source }));
    assert.notEqual(told.code, told.early);
  } finally {
    rmSync(to, { recursive: true, force: true });
  }
});
