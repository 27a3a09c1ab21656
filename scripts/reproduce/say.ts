/** What was committed, what was got, and the verdict, for a person to read. */
import { describeEngine } from "fusion";
import type { ReproducedNumber } from "fusion/dist/experiments/reproduced";
import type { Recomputed } from "./recompute";

export type Verdict = "equal" | "within tolerance" | "different" | "stale";

export function verdictOf({ committed, outcome }: Recomputed): Verdict {
  return committed.stale || !outcome ? "stale" : outcome.verdict;
}

/** 0 where all came out, 1 where something did not, 3 where nothing but older code stands in the way. */
export const exitCode = (verdicts: readonly Verdict[]): number =>
  verdicts.includes("different") ? 1 : verdicts.includes("stale") ? 3 : 0;

export function sayRecomputed(recomputed: Recomputed): string {
  const { committed, outcome, seconds } = recomputed;
  const { result, experiment, file } = committed;
  const about = `${experiment}, ${result.presetName}, ${result.fold.split}, held out ${result.fold.heldOut}, seed ${result.seed}`;
  const renew = `npm run results -- ${experiment} renews it`;
  if (!outcome) return `${about}\n  ${file}\n  stale: nothing of this name is run any more; ${renew}\n`;
  const engine = outcome.sameEngine
    ? "the same engine: every byte must come out"
    : `made by ${describeEngine(result.engine)}, another engine: scores may differ as those of two trainings do`;
  const fields = outcome.differing.slice(0, 8);
  return [
    about,
    `  ${file}`,
    `  ${engine}`,
    sayNumbers(outcome.numbers),
    ...(fields.length === 0
      ? []
      : [`  not the same: ${fields.join(", ")}${outcome.differing.length > 8 ? ", ..." : ""}`]),
    `  ${sentence(recomputed, renew)} (${seconds.toFixed(1)} s; it took ${committed.seconds.toFixed(1)} s when it was made)`,
    "",
  ].join("\n");
}

function sentence({ committed, outcome }: Recomputed, renew: string): string {
  const { verdict, sameEngine, sameBytes } = outcome!;
  if (committed.stale)
    return `stale: made by older code; under this code its numbers are ${verdict}; ${renew}`;
  if (verdict === "equal" && sameEngine)
    return sameBytes ? "equal, byte for byte" : "equal in every number, written otherwise";
  return verdict;
}

/** A table of numbers, their columns aligned. */
export function sayNumbers(numbers: readonly ReproducedNumber[]): string {
  const shown = (x: number): string => (Number.isInteger(x) ? String(x) : x.toFixed(6));
  const rows = [
    ["", "committed", "got", "tolerance", ""],
    ...numbers.map((n) => [n.quantity, shown(n.committed), shown(n.got), shown(n.tolerance), n.verdict]),
  ];
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows
    .map((row) =>
      `  ${row.map((cell, i) => (i === 0 || i === 4 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  ")}`.trimEnd(),
    )
    .join("\n");
}
