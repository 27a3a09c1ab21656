/** npm's packages, exactly as package-lock.json has them; no install script runs (.npmrc). */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fingerprint, read, readStamp, run, stamped } from "./step.mjs";

/** @returns {import("./step.mjs").Step} */
export function packagesStep(root) {
  const stamp = join(root, "node_modules", ".fusion-packages");
  const wanted = fingerprint(
    ...["package-lock.json", "package.json", "lib/package.json"].map((file) => read(join(root, file))),
  );
  return {
    name: "npm packages",
    done: () =>
      readStamp(stamp) === wanted && existsSync(join(root, "node_modules", "fusion"))
        ? "as locked"
        : undefined,
    work: (say) =>
      stamped(stamp, wanted, async () => {
        say("installing, about half a minute");
        await run(root, "npm", process.platform === "win32" ? "npm.cmd" : "npm", [
          "ci",
          "--ignore-scripts",
          "--no-audit",
          "--no-fund",
        ]);
        return "as locked";
      }),
    remedy: "check that the npm registry can be reached (npm ping), then run the same command again",
  };
}
