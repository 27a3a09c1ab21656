/**
 * TensorFlow for Node, in order of preference:
 * wheel     the libtensorflow inside PyPI's TensorFlow wheel, tfjs-node's addon compiled against it: fast, same version for all
 * download  tfjs-node's own libtensorflow and addon, where there is no compiler
 * wasm      nothing to install, clearly slower
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { downloadEngine } from "./engine-download.mjs";
import { buildWheelEngine, linkWheelEngine, wheelFor } from "./engine-wheel.mjs";
import { readStamp, stamped, works } from "./step.mjs";

const engines = ["wheel", "download", "wasm"];

/** @returns {import("./step.mjs").Step} */
export function engineStep(root) {
  const forced = process.env.FUSION_ENGINE;
  const addon = join(root, "node_modules", "@tensorflow", "tfjs-node");
  const stamp = join(addon, ".fusion-engine");
  const there = () => readStamp(stamp);
  return {
    name: "TensorFlow",
    done: () => {
      checkWish(forced);
      const kind = there();
      if (forced === "wasm") return "wasm, as FUSION_ENGINE says; slower than the native engines";
      if (kind === undefined || (forced && kind !== forced)) return undefined;
      if (kind !== "wasm") return describe(root, kind);
      // a compiler may have come since
      return works("c++", "--version") && wheelFor() && !forced ? undefined : describe(root, kind);
    },
    work: async (say) => {
      const problems = [];
      const use = (kind, install) =>
        stamped(stamp, kind, async () => {
          await install();
          return describe(root, kind);
        });
      for (const kind of forced ? [forced] : engines) {
        try {
          if (kind === "wheel") return await use(kind, () => installWheel(root, addon, say));
          if (kind === "download") return await use(kind, () => downloadEngine(root, addon, say));
          await use("wasm", async () => rmSync(join(addon, "lib"), { recursive: true, force: true }));
          return `wasm. It is clearly slower. For the fast engine: ${compilerRemedy()}\n  Not taken: ${problems.map((p) => p.split("\n")[0]).join("; ")}`;
        } catch (error) {
          if (forced) throw error;
          problems.push(`${kind}: ${error.message}`);
          say(`${kind} cannot be had (${error.message.split("\n")[0]}), trying the next`);
        }
      }
      throw new Error(problems.join("; "));
    },
    remedy: `${compilerRemedy()}; or run with FUSION_ENGINE=wasm, which needs nothing and is slower`,
  };
}

async function installWheel(root, addon, say) {
  const wheel = wheelFor();
  if (!wheel) throw new Error(`no TensorFlow wheel for ${process.platform} ${process.arch}`);
  if (!works("c++", "--version") || !works("make", "--version"))
    throw new Error("no C++ compiler and make found");
  await buildWheelEngine(root, addon, wheel, say);
  linkWheelEngine(root, addon);
}

function checkWish(forced) {
  if (forced && !engines.includes(forced))
    throw new Error(
      `setup: FUSION_ENGINE: expected one of ${engines.join(", ")}, got "${forced}"; unset it for the best that this machine can do`,
    );
}

function describe(root, kind) {
  if (kind === "wasm") return "wasm, slower than the native engines";
  const file = join(root, "node_modules", "@tensorflow", "tfjs-node", "deps", "engine.json");
  return existsSync(file) ? `${kind}, TensorFlow ${JSON.parse(readFileSync(file, "utf8")).tensorflow}` : kind;
}

const compilerRemedy = () =>
  process.platform === "darwin"
    ? "install the command line tools (xcode-select --install) and run npm run setup"
    : "install a C++ compiler and make (Debian, Ubuntu: apt install g++ make) and run npm run setup";
