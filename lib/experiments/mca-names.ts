/** What tables call a training of MCA's studies: its method, the traps that it has, and what its training lost. */
import type { McaRunOptions } from "./mca-options";

const trunkTraps = {
  corrected: [],
  published: ["M1", "M6", "E3"],
  "one norm": ["M1"],
  "empty rows": ["M6"],
  positions: ["E3"],
};
const contrastTraps = { corrected: [], published: ["M2", "M4"], products: ["M2"], columns: ["M4"] };
const pairTraps = { disjoint: [], published: ["E1", "E2"], "without first": ["E1"], overlapping: ["E2"] };

/** Traps of the public code that a training has, in the order of their numbers: "M1". */
export function trapsOf(options: McaRunOptions): string[] {
  const { method, trunk, contrast, complete, empty, pairs, drawnPairs } = options;
  const of = (trap: string): boolean => trap.startsWith("M") || method === "everything";
  return [
    ...[...trunkTraps[trunk], ...contrastTraps[contrast], ...(complete === "any" ? ["M3"] : [])],
    ...[...(empty === "keep" ? ["M7"] : []), ...pairTraps[pairs], ...(drawnPairs === null ? [] : ["E5"])],
  ]
    .filter(of)
    .sort();
}

/** What tables call a method. */
export function mcaMethodName(options: McaRunOptions): string {
  const { method, families } = options;
  const names: Partial<Record<McaRunOptions["method"], string>> = {
    ...{
      mca: "MCA",
      zorro: "Zorro",
      everything: "everything at once",
      open: "no mask",
      random: "random channels",
    },
    ...{ "zorro-one-channel": "Zorro, few tokens", single: "best single", late: "late" },
    ...{ "concat-zero": "concat, zeros", "concat-mean": "concat, mean", "concat-token": "concat, token" },
  };
  const changed = [...(families.length < 4 ? [`losses ${families.join("+")}`] : []), ...trapsOf(options)];
  return [names[method] ?? method, ...changed].join(", ");
}

/** "0.6", or what else training lost. */
export function missingName({ missing, always, never }: McaRunOptions): string {
  if (missing.kind === "blocks") return `blocks of ${missing.length} at ${missing.p}`;
  if (missing.kind === "by-class") return `by class at ${missing.p}`;
  const p = [missing.p].flat().join("/");
  const more = [...always.map((m) => `always ${m + 1}`), ...never.map((m) => `never ${m + 1}`)];
  return [p, ...more].join(", ");
}
