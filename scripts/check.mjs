/** What `npm test` does after set-up (which has type-checked everything): lint, format, tests. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const wanted = process.argv.slice(2); // `npm test -- engine data/pamap2` runs the tests whose paths hold one of these
const bin = (name, path) => [process.execPath, join(root, "node_modules", name, path)];

function step(title, [command, ...args]) {
  console.log(`\n${title}`);
  const started = performance.now();
  const { status, signal } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (status === 0) return console.log(`✓ ${title} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  console.error(
    `\n✗ ${title} failed${signal ? ` (${signal})` : ""}; mend what is named above and run npm test again`,
  );
  process.exit(1);
}

const tests = readdirSync(join(root, "dist", "test"), { recursive: true })
  .map((file) => join("dist", "test", String(file)))
  .filter(
    (file) =>
      file.endsWith(".test.js") && (wanted.length === 0 || wanted.some((part) => file.includes(part))),
  )
  .sort();
if (tests.length === 0) {
  console.error(
    `npm test: expected tests whose paths hold ${wanted.join(" or ")}, got none; leave the words out to run all`,
  );
  process.exit(1);
}
if (wanted.length === 0) {
  step("lint", [...bin("eslint", "bin/eslint.js"), ".", "--max-warnings", "0"]);
  step("format", [...bin("prettier", "bin/prettier.cjs"), "--check", "--log-level", "warn", "."]);
}
const runner = [
  "--import",
  "./test/start-engine.mjs",
  "--test",
  "--test-reporter=spec",
  "--test-concurrency=2",
];
step("tests", [process.execPath, ...runner, ...tests]);
