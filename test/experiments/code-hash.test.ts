import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { codeHash } from "fusion/dist/experiments/code-hash";
import { newFolder } from "../new-folder";

const root = newFolder("fusion-code");

/** Compiles a package of these modules as the build does, and indexes it; returns its dist. */
function build(name: string, modules: Readonly<Record<string, string>>): string {
  const lib = join(root, name, "lib");
  mkdirSync(lib, { recursive: true });
  mkdirSync(join(lib, "dist"), { recursive: true });
  for (const [module, source] of Object.entries(modules)) {
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    const { outputText } = ts.transpileModule(source, { compilerOptions });
    writeFileSync(join(lib, "dist", `${module}.js`), outputText);
  }
  const index = pathToFileURL("scripts/setup/code-index.mjs").href;
  const script = `import { writeCodeIndex } from ${JSON.stringify(index)}; writeCodeIndex(${JSON.stringify(join(root, name))});`;
  const indexed = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
  });
  assert.equal(indexed.status, 0, indexed.stderr);
  return join(lib, "dist");
}

const modules = {
  entry: `/** Adds. */\nimport { two } from "./reached";\nexport const three = two + 1; // one more\n`,
  reached: `export const two = 2;\n`,
  apart: `export const other = 1;\n`,
};

test("a run's code is what it can reach: comments are no code, other modules are not reached", () => {
  const hash = (name: string, changes: Partial<typeof modules> = {}) =>
    codeHash(["entry"], {}, build(name, { ...modules, ...changes }));
  const first = hash("first");
  const commented = modules.entry
    .replace("Adds.", "Adds one, in other words.")
    .replace("// one more", "/* 1 */");
  assert.equal(hash("comment", { entry: commented }), first);
  assert.equal(hash("apart", { apart: `export const other = 2;\n` }), first);
  assert.notEqual(hash("entry", { entry: modules.entry.replace("+ 1", "+ 2") }), first);
  assert.notEqual(hash("reached", { reached: `export const two = 3;\n` }), first);
});

test("of a registry only the chosen line counts, with what it names and imports", () => {
  const one = `export const one = 1;\n`;
  const apart = `export const other = 1;\n`;
  const registry = [
    `import { one } from "./one";`,
    `import { other } from "./apart";`,
    `const size = { wide: 2 };`,
    `export const table = { plain: one, "with-size": () => size.wide + one, other };`,
    `export const names = Object.keys(table);`,
  ];
  const entry = `import { table } from "./registry";\nexport const chosen = (name) => table[name];\n`;
  const change = (name: string, member: string, from = "", to = "", changes = {}) =>
    codeHash(
      ["entry"],
      { registry: [member] },
      build(name, { entry, one, apart, registry: registry.join("\n").replace(from, to), ...changes }),
    );
  const [plain, sized] = [change("r", "plain"), change("r-sized", "with-size")];
  assert.notEqual(plain, sized);
  assert.equal(change("r-wide", "plain", "wide: 2", "wide: 3"), plain);
  assert.notEqual(change("r-wide-sized", "with-size", "wide: 2", "wide: 3"), sized);
  assert.equal(change("r-new", "plain", "other };", "other, fresh: 3 };"), plain);
  assert.equal(change("r-apart", "plain", "", "", { apart: `export const other = 2;\n` }), plain);
  assert.notEqual(change("r-one", "plain", "", "", { one: `export const one = 2;\n` }), plain);
  assert.notEqual(change("r-entry", "plain", "", "", { entry: `${entry}export const more = 1;\n` }), plain);
  assert.throws(
    () => change("r-lacking", "nobody"),
    /codeHash: expected nobody of registry in code-index.json/,
  );
});

test("codeHash names what is missing, with the remedy", () => {
  const dist = build("known", modules);
  assert.throws(() => codeHash(["nobody"], {}, dist), {
    message: "codeHash: expected nobody in code-index.json, got none; run: npm run setup",
  });
  assert.throws(
    () => codeHash(["entry"], {}, root),
    /codeHash: expected .*code-index.json, got none; run: npm run setup/,
  );
});
