/** One step of the set-up: is it done, how is it done, what to do where it fails. */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {() => string | undefined} done what is there, in words; undefined where there is work to do
 * @property {(say: (line: string) => void) => Promise<string>} work does it, resolves to what is there now
 * @property {string} remedy what the user can do where it fails
 */

export const report = (line) => console.log(line);

export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(
    `setup: expected Node 20.19 or newer, got ${process.versions.node}; install it from https://nodejs.org and run the command again`,
  );
}

/** @param {Step} step */
export async function runStep({ name, done, work, remedy }) {
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const there = done();
  if (there !== undefined) return report(`✓ ${name}: ${there}`);
  report(`… ${name}`);
  try {
    const result = await work((line) => report(`  ${name}: ${line}`));
    report(`✓ ${name}: ${result} (${seconds()})`);
  } catch (error) {
    throw new Error(
      `setup: step "${name}" failed after ${seconds()}: ${error.message}\n  What to do: ${remedy}`,
    );
  }
}

/** SHA-256 over texts, in order. */
export function fingerprint(...texts) {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text).update("\0");
  return hash.digest("hex");
}

export const read = (file) => readFileSync(file, "utf8");

export const readStamp = (file) => (existsSync(file) ? readFileSync(file, "utf8") : undefined);

/** Removes the stamp, does the work, writes the stamp: whoever is killed in between leaves no stamp. */
export async function stamped(file, value, work) {
  rmSync(file, { force: true });
  const result = await work();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, value);
  renameSync(`${file}.part`, file);
  return result;
}

/** Runs a command with its output in `.engine/log/<name>.txt`; an error shows the end of it. */
export function run(root, name, command, args, options = {}) {
  const log = join(root, ".engine", "log", `${name}.txt`);
  mkdirSync(dirname(log), { recursive: true });
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], ...options });
    const file = createWriteStream(log);
    child.stdout.pipe(file, { end: false });
    child.stderr.pipe(file, { end: false });
    child.on("error", (error) => reject(new Error(`${command} cannot be started: ${error.message}`)));
    child.on("close", (code, signal) => {
      file.end(() => {
        if (code === 0) return resolve(undefined);
        const tail = readFileSync(log, "utf8").trimEnd().split("\n").slice(-15).join("\n  | ");
        reject(
          new Error(
            `${command} ${args.slice(0, 4).join(" ")} … ended with ${signal ?? `code ${code}`}\n  | ${tail}\n  (whole log: .engine/log/${name}.txt)`,
          ),
        );
      });
    });
  });
}

/** Whether a command exists and exits with 0. */
export const works = (command, ...args) => spawnSync(command, args, { stdio: "ignore" }).status === 0;
