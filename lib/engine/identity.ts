/** Which TensorFlow computed a number: same identity, same bytes. */
import { readFileSync } from "node:fs";
import { arch, platform } from "node:process";

export interface EngineIdentity {
  readonly name: "wheel" | "download" | "wasm";
  /** TensorFlow's version; for wasm that of tfjs. */
  readonly tensorflow: string;
  /** Fused kernels of oneDNN; always false on wasm. */
  readonly oneDnn: boolean;
  readonly threads: number;
  /** The widest instructions that the processor offers, by which TensorFlow and oneDNN choose their kernels. */
  readonly instructionSet: string;
}

/** One line, as it stands in results and figures. */
export const describeEngine = (e: EngineIdentity): string =>
  `${e.name}, TensorFlow ${e.tensorflow}, oneDNN ${e.oneDnn ? "on" : "off"}, ${e.threads} thread${e.threads === 1 ? "" : "s"}, ${e.instructionSet}`;

/** The x86 extensions that oneDNN and Eigen dispatch on, widest first. */
const x86 = ["amx_bf16", "avx512_bf16", "avx512_vnni", "avx512f", "avx_vnni", "avx2", "avx"] as const;

/** "x64-avx512_vnni", "arm64-neon", ...: read from the operating system, "unknown" where it does not tell. */
export function instructionSet(): string {
  if (arch !== "x64") return `${arch}-${arch === "arm64" ? "neon" : "unknown"}`;
  if (platform !== "linux") return "x64-unknown";
  const flags = new Set(
    /^flags\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1]?.trim().split(" "),
  );
  return `x64-${x86.find((name) => flags.has(name)) ?? "sse"}`;
}
