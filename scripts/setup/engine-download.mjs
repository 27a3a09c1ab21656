/** tfjs-node's own way: libtensorflow and a prebuilt addon from its storage host. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./step.mjs";

export async function downloadEngine(root, addon, say) {
  say("fetching tfjs-node's own libtensorflow (about 100 MB)");
  for (const old of ["deps", "lib", "build"]) rmSync(join(addon, old), { recursive: true, force: true });
  await run(root, "download", process.execPath, ["scripts/install.js"], { cwd: addon });
  const header = join(addon, "deps", "include", "tensorflow", "c", "c_api.h");
  if (!existsSync(header)) throw new Error("tfjs-node's install script ended without libtensorflow");
  const constants = readFileSync(join(addon, "scripts", "deps-constants.js"), "utf8");
  const version = /LIBTENSORFLOW_VERSION = '([\d.]+)'/.exec(constants)?.[1] ?? "unknown";
  writeFileSync(
    join(addon, "deps", "engine.json"),
    JSON.stringify({ name: "download", tensorflow: version }, null, 2),
  );
}
