/** `npm run doctor`: one screen about this machine's set-up; exit 1 with the remedy where something is broken. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { type EngineIdentity, startEngine, workspace } from "fusion";
import { dataSets, missingFiles } from "fusion/dist/data/registry";
import { findDataSet } from "fusion/dist/workspace";

interface Finding {
  readonly name: string;
  readonly text: string;
  /** What to do where it is broken. */
  readonly remedy?: string;
}

const { root } = workspace;

async function examine(): Promise<Finding[]> {
  const findings: Finding[] = [
    { name: "Node", text: `${process.version}, ${process.platform} ${process.arch}` },
    {
      name: "processor",
      text: `${cpus()[0]?.model.trim() ?? "unknown"}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    },
  ];
  const check = async (name: string, remedy: string, look: () => Promise<string> | string): Promise<void> => {
    try {
      findings.push({ name, text: await look() });
    } catch (error) {
      findings.push({ name, text: (error as Error).message.split("\n")[0]!, remedy });
    }
  };
  await check("engine", "npm run setup", async () => describe(await startEngine()));
  await check(
    "arithmetic",
    "remove .engine and node_modules, then: npm run setup",
    () => `1 + 1 = ${addOnEngine()}`,
  );
  await check("danfojs-node", "remove node_modules, then: npm run setup", sharesTensorFlow);
  await check("packages", "npm run setup", () =>
    ["tslab", "vega-lite", "arquero", "danfojs-node", "typescript"]
      .map((name) => `${name} ${versionOf(name)}`)
      .join(", "),
  );
  await check("Jupyter", "remove .venv, then: npm run setup", () => {
    const script =
      "import sys, jupyterlab, nbclient; print(f'Python {sys.version.split()[0]}, JupyterLab {jupyterlab.__version__}, nbclient {nbclient.__version__}')";
    return execFileSync(join(root, ".venv", "bin", "python"), ["-c", script], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  });
  await check("kernel", "remove .jupyter, then: npm run setup", () => {
    const file = join(root, ".jupyter", "kernels", "fusion-ts", "kernel.json");
    const { argv, display_name } = JSON.parse(readFileSync(file, "utf8")) as {
      argv: string[];
      display_name: string;
    };
    const gone = argv.filter((word) => word.startsWith("/") && !existsSync(word));
    if (gone.length > 0) throw new Error(`expected ${gone.join(", ")}, got none`);
    return display_name;
  });
  for (const [name, dataSet] of Object.entries(dataSets))
    findings.push({ name: `data ${name}`, text: dataState(name, dataSet) });
  return findings;
}

function describe(engine: EngineIdentity): string {
  const why = process.env["FUSION_ENGINE"]
    ? "as FUSION_ENGINE says"
    : {
        wheel: "from PyPI's wheel, the first choice",
        download: "no compiler was found when it was set up",
        wasm: "no native library was found; slower",
      }[engine.name];
  return `${engine.name} (${why}), TensorFlow ${engine.tensorflow}, threads ${engine.threads}, oneDNN ${engine.oneDnn ? "on" : "off"}, SIMD ${engine.instructionSet}`;
}

function addOnEngine(): number {
  const sum = tf.tidy(() => tf.scalar(1).add(1).dataSync()[0]!);
  if (sum !== 2) throw new Error(`expected 1 + 1 = 2, got ${sum}`);
  return sum;
}

async function sharesTensorFlow(): Promise<string> {
  const danfo = (await import("danfojs-node")) as unknown as {
    tensorflow: { version_core: string; add: unknown };
  };
  if (danfo.tensorflow.add !== tf.add)
    throw new Error("expected one TensorFlow in the tree, got a second one in danfojs-node");
  return "shares the one TensorFlow";
}

const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")) as { version: string })
    .version;

function dataState(name: string, dataSet: { readonly files: readonly string[] }): string {
  if (dataSet.files.length === 0) return "made when needed";
  const folder = findDataSet(workspace, name);
  if (!folder)
    return `not here (npm run data -- ${name}, or FUSION_DATA); its committed results are in results/`;
  const missing = missingFiles(dataSet, (file) => existsSync(join(folder, file)));
  return missing.length === 0 ? folder : `${folder}, without ${missing.join(", ")}`;
}

examine().then(
  (findings) => {
    const width = Math.max(...findings.map(({ name }) => name.length));
    for (const { name, text, remedy } of findings) {
      console.log(`${remedy ? "✗" : "✓"} ${name.padEnd(width)}  ${text}`);
      if (remedy) console.log(`  ${" ".repeat(width)}  what to do: ${remedy}`);
    }
    process.exit(findings.some(({ remedy }) => remedy) ? 1 : 0);
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
