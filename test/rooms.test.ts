/** Which room may import which; tensors stop at the door of the plain ones; the environment is read in two places. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const mayImport: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  data: [],
  metrics: [],
  calibration: ["metrics"],
  attention: ["engine"],
  encoders: ["engine", "attention"],
  fusion: ["engine", "attention", "encoders"],
  train: ["engine", "data", "metrics"],
  transfer: ["engine", "data", "attention", "encoders", "train"],
  contrastive: ["engine", "attention", "encoders", "train"],
  experiments: [
    ...["engine", "data", "attention", "encoders", "fusion", "train", "transfer", "contrastive"],
    ...["metrics", "calibration"],
  ],
  figures: ["metrics", "calibration"],
};
const plain = ["data", "metrics", "calibration", "figures"];
/** Modules beside the rooms that are open to each room; workspace is for those that are handed one. */
const open = ["shapes", "random"];
const openTo: Readonly<Record<string, readonly string[]>> = { experiments: ["workspace"] };

const built = ["dist", "node_modules"];
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true })
    .map((file) => join(folder, String(file)))
    .filter((file) => file.endsWith(".ts") && !built.some((part) => file.startsWith(join("lib", part))));
const rooms = readdirSync("lib", { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !built.includes(entry.name))
  .map(({ name }) => name);

for (const room of rooms)
  test(`lib/${room} imports only what it may`, () => {
    for (const file of filesIn(join("lib", room))) {
      const source = readFileSync(file, "utf8");
      for (const [, from] of source.matchAll(/(?:from|import|import\(|require\()\s*"\.\.\/([\w-]+)\//g))
        assert.ok(mayImport[room]?.includes(from!), `${file} imports from ${from}`);
      for (const [, module] of source.matchAll(/from "\.\.\/([\w-]+)"/g))
        assert.ok([...open, ...(openTo[room] ?? [])].includes(module!), `${file} imports ${module}`);
      assert.doesNotMatch(
        source,
        /from "(\.\.\/\.\.|fusion)/,
        `${file} leaves lib, or enters it by its front door`,
      );
      if (plain.includes(room)) assert.doesNotMatch(source, /from "@tensorflow\//, file);
    }
  });

test("lib reads the environment where the workspace opens and where the engine starts, and nowhere else", () => {
  const readers = filesIn("lib").filter((file) =>
    /process\.env|\benv\b.*from "node:process"/.test(readFileSync(file, "utf8")),
  );
  assert.deepEqual(readers.sort(), [join("lib", "engine", "start.ts"), join("lib", "workspace.ts")]);
});
