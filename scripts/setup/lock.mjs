/** One set-up at a time: a second one waits for the first, and takes over from one that died. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

export async function withLock(file, work) {
  let told = false;
  while (!take(file)) {
    const owner = Number(read(file));
    if (!isAlive(owner)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) console.log(`waiting for the set-up of process ${owner}`);
    told = true;
    await setTimeout(300);
  }
  const release = () => rmSync(file, { force: true });
  process.once("exit", release);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
  try {
    return await work();
  } finally {
    release();
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return ""; // released in the meantime
    throw error;
  }
}

function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
