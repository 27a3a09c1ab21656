/** Rows of a benchmark of training steps, in words. */
import type { BenchModel } from "./model";
import { defaultMalloc, type Refusal, type Row } from "./rows";

const two = (x: number): string => x.toFixed(2);
const percent = (x: number): string => `${(100 * x).toFixed(0)} %`;

/** @param rows of one model, batch and engine, ours first */
export function say(model: BenchModel, rows: readonly Row[], refusals: readonly Refusal[]): void {
  const [ours] = rows as readonly [Row, ...Row[]];
  const work = ((model.productFlops * ours.batch) / 1e9).toPrecision(3);
  console.log(
    `\n${model.name}, batch ${ours.batch}: ${ours.parameters} parameters, ${work} GFLOP in products`,
  );
  for (const row of rows) console.log(`  ${sayRow(row)}`);
  for (const { way, says } of refusals) console.log(`  ${way}: cannot train this: ${says}`);
  for (const verdict of verdicts(model, rows)) console.log(`  ${verdict}`);
}

function sayRow(row: Row): string {
  const parts = [
    `${row.milliseconds.toFixed(1)} ms (processor ${row.processorMilliseconds.toFixed(1)})`,
    `${row.gflops.toFixed(1)} GFLOP/s${row.shareOfPeak === null ? "" : `, ${percent(row.shareOfPeak)} of ${row.peakGflops!.toFixed(0)}`}`,
    `first step ${two(row.firstStepSeconds)} s`,
    ...(row.memoryMegabytes === null ? [] : [`memory ${row.memoryMegabytes.toFixed(0)} MB`]),
    `loss ${two(row.firstLoss)}, ${two(row.laterLoss)} in step ${row.laterStep}`,
  ];
  const against = `; ours takes ${two(row.ratio)} × it (${two(row.ratioLower)} to ${two(row.ratioUpper)}; processor ${two(row.processorRatio)})`;
  return `${row.way}: ${parts.join(", ")}${row.way.startsWith("ours") ? "" : against}`;
}

/** What was to be shown, and what makes the numbers doubtful. */
function verdicts(model: BenchModel, rows: readonly Row[]): string[] {
  const [ours] = rows as readonly [Row, ...Row[]];
  const torch = rows.find(({ way }) => way === defaultMalloc);
  const lines: string[] = [];
  if (torch && torch.target !== null) lines.push(verdict(torch));
  if (ours.aim !== null && ours.shareOfPeak !== null)
    lines.push(
      `${ours.shareOfPeak >= ours.aim ? "reached" : "MISSED"}: ${percent(ours.shareOfPeak)} of the product peak, to be ${percent(ours.aim)} or more`,
    );
  if (rows.some((row) => row.milliseconds > 1.15 * row.processorMilliseconds))
    lines.push("doubtful: something else ran meanwhile, steps took longer than the processor worked on them");
  for (const { way, parameters } of rows) {
    const more = way.startsWith("PyTorch")
      ? model.more.torch
      : way.startsWith("stock")
        ? model.more.stock
        : 0;
    if (parameters !== ours.parameters + more)
      lines.push(
        `NOT THE SAME WORK: expected ${ours.parameters + more} parameters of ${way}, got ${parameters}`,
      );
  }
  const compared = rows.filter(({ laterStep }) => laterStep === ours.laterStep);
  const falls = compared.map((row) => row.firstLoss - row.laterLoss);
  if (Math.min(...falls) < Math.max(...falls) / 2)
    lines.push(`doubtful: the losses do not fall alike (by ${falls.map(two).join(", ")})`);
  return lines;
}

const isMet = ({ ratio, target }: Row): boolean => ratio <= target!;

const verdict = (row: Row): string =>
  `${isMet(row) ? "reached" : "MISSED"}: ${two(row.ratio)} × ${row.way}, to be ${two(row.target!)} or less`;

/** One line for each model and batch that has a target. */
export function sayTable(rows: readonly Row[]): void {
  const withTarget = rows.filter(({ target }) => target !== null);
  if (withTarget.length === 0) return;
  console.log(
    "\n| model | batch | ms | share of peak | × stock, eager | × PyTorch | × PyTorch, tuned | to be | |",
  );
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const row of withTarget) {
    const of = (way: string): Row | undefined =>
      rows.find(
        (r) => r.model === row.model && r.batch === row.batch && r.engine === row.engine && r.way === way,
      );
    const ours = of("ours, compiled")!;
    const ratioTo = (way: string): string => of(way)?.ratio.toFixed(2) ?? "";
    console.log(
      `| ${[row.model, row.batch, ours.milliseconds.toFixed(1), percent(ours.shareOfPeak!), ratioTo("stock, eager"), two(row.ratio), ratioTo("PyTorch, tuned malloc"), two(row.target!), isMet(row) ? "" : "MISSED"].join(" | ")} |`,
    );
  }
}
