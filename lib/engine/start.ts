/** Starts the one TensorFlow of this process: the native addon that set-up built, or WASM. */
import { existsSync, readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import util from "node:util";
import * as tf from "@tensorflow/tfjs";
import { registerAddGradient } from "./add-gradient";
import { registerBatchNormGradient } from "./batch-norm-gradient";
import { replaceBatchNormTraining } from "./batch-norm-training";
import { registerConvGradient } from "./conv-gradient";
import { registerGruSequence } from "./gru-sequence";
import { type EngineIdentity, instructionSet } from "./identity";
import { registerLstmSequence } from "./lstm-sequence";
import { registerMaxPoolGradient } from "./max-pool-gradient";
import { registerReluGradient } from "./relu-gradient";

export interface EngineOptions {
  /** "wheel", "download" or "wasm"; unset for what set-up installed. */
  readonly engine?: string | undefined;
  /** One for everything that is kept; benchmarks may want another. */
  readonly threads?: number;
  readonly oneDnn?: boolean;
}

let started: Promise<EngineIdentity> | undefined;

/**
 * Await this before any other code touches a tensor. A second call returns the engine that runs.
 *
 * @throws where the wished engine is not installed, with the command that installs it
 */
export function startEngine(options: EngineOptions = {}): Promise<EngineIdentity> {
  return (started ??= start({ ...options, engine: options.engine ?? process.env["FUSION_ENGINE"] }));
}

/** The engine that runs. */
export function engineIdentity(): EngineIdentity {
  if (!identity)
    throw new Error("engineIdentity: expected a running engine, got none; await startEngine() first");
  return identity;
}
let identity: EngineIdentity | undefined;

async function start({ engine, threads = 1, oneDnn = true }: EngineOptions): Promise<EngineIdentity> {
  const installed = installedEngine();
  const wish = engine || installed?.name || "wasm";
  if (wish !== "wasm" && wish !== installed?.name)
    throw new Error(
      `startEngine: expected the engine "${wish}", got ${installed ? `"${installed.name}"` : "none"} installed; run: FUSION_ENGINE=${wish} npm run setup`,
    );
  tf.enableProdMode(); // no banner, no per-op checks
  if (wish === "wasm") await startWasm();
  else startNative(threads, oneDnn);
  registerAddGradient();
  registerBatchNormGradient();
  replaceBatchNormTraining();
  registerConvGradient();
  registerMaxPoolGradient();
  registerReluGradient();
  registerLstmSequence();
  registerGruSequence();
  identity =
    wish === "wasm"
      ? { name: "wasm", tensorflow: tf.version.tfjs, oneDnn: false, threads: 1, instructionSet: "wasm-simd" }
      : { ...installed!, oneDnn, threads, instructionSet: instructionSet() };
  return identity;
}

/** What set-up left beside tfjs-node's addon; undefined where there is none. */
function installedEngine(): Pick<EngineIdentity, "name" | "tensorflow"> | undefined {
  const home = dirname(require.resolve("@tensorflow/tfjs-node/package.json"));
  const file = join(home, "deps", "engine.json");
  if (!existsSync(file) || !existsSync(join(home, "lib"))) return undefined;
  const { name, tensorflow } = JSON.parse(readFileSync(file, "utf8")) as EngineIdentity;
  return { name, tensorflow };
}

function startNative(threads: number, oneDnn: boolean): void {
  // TensorFlow reads these once, when the addon is loaded
  process.env["TF_NUM_INTRAOP_THREADS"] = process.env["TF_NUM_INTEROP_THREADS"] = String(threads);
  process.env["TF_ENABLE_ONEDNN_OPTS"] = oneDnn ? "1" : "0";
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "3";
  // Node 23 removed two helpers that tfjs-node 4.22 still calls
  const old = util as unknown as Record<string, (x: unknown) => boolean>;
  old["isNullOrUndefined"] ??= (x) => x === null || x === undefined;
  old["isArray"] ??= Array.isArray;
  createRequire(__filename)("@tensorflow/tfjs-node"); // its import registers the backend
}

async function startWasm(): Promise<void> {
  const { registerWasmWorkarounds } = await import("./wasm");
  // danfojs-node asks for tfjs-node by name; where WASM runs, plain tfjs answers
  const loader = Module as unknown as { _resolveFilename(request: string, ...rest: unknown[]): string };
  const resolve = loader._resolveFilename.bind(loader);
  loader._resolveFilename = (request, ...rest) =>
    resolve(request === "@tensorflow/tfjs-node" ? "@tensorflow/tfjs" : request, ...rest);
  await registerWasmWorkarounds();
}
