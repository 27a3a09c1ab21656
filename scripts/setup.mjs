/**
 * Does whatever set-up is undone, and nothing else: packages, Python, TensorFlow, the build, the Jupyter kernel.
 * Plain JavaScript without dependencies, because it runs before anything is installed.
 *
 * A step is done when its stamp says so; a stamp is removed before its step begins and written after it ended, so that
 * a half-finished step is redone and never trusted. FUSION_ENGINE=wheel|download|wasm forces an engine.
 */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildStep } from "./setup/build.mjs";
import { engineStep } from "./setup/engine.mjs";
import { kernelStep } from "./setup/kernel.mjs";
import { withLock } from "./setup/lock.mjs";
import { packagesStep } from "./setup/packages.mjs";
import { pythonStep } from "./setup/python.mjs";
import { checkNode, report, runStep } from "./setup/step.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

try {
  checkNode();
  mkdirSync(`${root}/.engine`, { recursive: true });
  await withLock(`${root}/.engine/setup.lock`, async () => {
    const started = performance.now();
    // packages and Python come from different places, so they come at the same time
    const both = [packagesStep(root), pythonStep(root)].map(runStep);
    for (const outcome of await Promise.allSettled(both))
      if (outcome.status === "rejected") throw outcome.reason;
    await runStep(engineStep(root));
    await runStep(buildStep(root));
    await runStep(kernelStep(root));
    report(`set-up is complete (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  });
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
