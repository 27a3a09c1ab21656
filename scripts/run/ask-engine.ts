/** Which engine will the notebooks run on? Asked in a process of its own, which takes TensorFlow's banner with it. */
import { spawnSync } from "node:child_process";
import type { EngineIdentity } from "fusion";

const question = `require("fusion/dist/engine/start").startEngine().then(
  (engine) => { console.log(JSON.stringify(engine)); process.exit(0); },
  (error) => { console.error(error.message); process.exit(1); })`;

/** @throws what `startEngine` throws */
export function askEngine(root: string): EngineIdentity {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", question], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr.trim().split("\n").at(-1) || `startEngine: ended with ${status}`);
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as EngineIdentity;
}
