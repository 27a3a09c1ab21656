/** `npm run bench -- step`: one benchmark by name; without a name, the list. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const benchmarks: Readonly<Record<string, string>> = {
  step: "a training step: compiled against eager tfjs-node and PyTorch, one thread each (--rounds 9, --keep)",
  parse: "reading PAMAP2 against pandas, one core each",
};

const [name, ...rest] = process.argv.slice(2);
if (name === undefined) {
  console.log("npm run bench -- <name>");
  for (const [known, what] of Object.entries(benchmarks)) console.log(`  ${known.padEnd(8)}${what}`);
} else if (!(name in benchmarks)) {
  console.error(
    `npm run bench: expected one of [${Object.keys(benchmarks).join(", ")}], got "${name}"; without a name it lists them`,
  );
  process.exitCode = 1;
} else {
  // a process of its own, in which threads are set before anything is loaded
  const script = join(__dirname, `${name}.js`);
  process.exitCode = spawnSync(process.execPath, [script, ...rest], { stdio: "inherit" }).status ?? 1;
}
