/** A local `.venv` with the pinned Jupyter; nothing is installed outside this folder. */
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fingerprint, read, readStamp, run, stamped, works } from "./step.mjs";

export const venvPython = (root) => join(root, ".venv", "bin", "python");

/** @returns {import("./step.mjs").Step} */
export function pythonStep(root) {
  const venv = join(root, ".venv");
  const requirements = join(root, "scripts", "requirements.txt");
  const stamp = join(venv, ".fusion-python");
  const wanted = fingerprint(read(requirements), root); // a moved folder breaks the venv's own paths
  return {
    name: "Python and Jupyter",
    done: () => (readStamp(stamp) === wanted && existsSync(venvPython(root)) ? ".venv as pinned" : undefined),
    work: (say) =>
      stamped(stamp, wanted, async () => {
        const python = findPython();
        say(`making .venv with ${python.command} ${python.version}, about half a minute`);
        rmSync(venv, { recursive: true, force: true });
        await run(root, "venv", python.command, ["-m", "venv", venv]);
        await run(root, "pip", venvPython(root), [
          "-m",
          "pip",
          "install",
          "--quiet",
          "--disable-pip-version-check",
          "-r",
          requirements,
        ]);
        return `.venv with Python ${python.version}`;
      }),
    remedy:
      "install Python 3.10 or newer with its venv module (Debian, Ubuntu: apt install python3-venv; macOS: brew install python), check that PyPI can be reached, then run the same command again",
  };
}

/** The first Python that is new enough and can make a venv. */
function findPython() {
  const tried = [];
  for (const command of [
    process.env.FUSION_PYTHON,
    "python3",
    "python3.13",
    "python3.12",
    "python3.11",
    "python3.10",
    "python",
  ]) {
    if (!command) continue;
    const probe = spawnSync(command, ["-c", "import sys; print('.'.join(map(str, sys.version_info[:3])))"], {
      encoding: "utf8",
    });
    if (probe.status !== 0) continue;
    const version = probe.stdout.trim();
    const [major, minor] = version.split(".").map(Number);
    if (major === 3 && minor >= 10 && works(command, "-c", "import venv, ensurepip"))
      return { command, version };
    tried.push(`${command} ${version}${minor >= 10 ? " without venv" : ""}`);
  }
  throw new Error(`expected Python 3.10 or newer with venv, found ${tried.join(", ") || "none"}`);
}
