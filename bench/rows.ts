/** The rows of a benchmark of training steps, and the file that keeps them. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Taken } from "./alternate";
import type { BenchModel } from "./model";
import { median, ratioOf } from "./ratio";

/** What one way took for one model and batch. Numbers of a step are medians over the rounds; null where there is none. */
export interface Row {
  readonly model: string;
  readonly batch: number;
  readonly engine: "native" | "wasm";
  readonly way: string;
  readonly milliseconds: number;
  /** Of the processor, all threads together: how quiet the machine was, and whether one thread was one. */
  readonly processorMilliseconds: number;
  /** Time of ours / time of this way, in the median of the rounds and their quartiles; 1 for ours. */
  readonly ratio: number;
  readonly ratioLower: number;
  readonly ratioUpper: number;
  /** The same of processor time: what is left of the ratio where the machine was not quiet. */
  readonly processorRatio: number;
  /** What `ratio` should be at most, in the row of PyTorch with its default malloc. */
  readonly target: number | null;
  readonly gflops: number;
  /** GFLOP/s of its library in a large product, measured between the rounds. */
  readonly peakGflops: number | null;
  readonly shareOfPeak: number | null;
  /** What `shareOfPeak` should be at least, in the row of ours. */
  readonly aim: number | null;
  readonly parameters: number;
  /** Recording and compiling are part of the first step. */
  readonly firstStepSeconds: number;
  /** Megabytes: the most that was resident in later steps, less what was before the first one. */
  readonly memoryMegabytes: number | null;
  readonly firstLoss: number;
  /** Of step `laterStep`: the 40th, or the last one that all ways with ten steps or more have taken. */
  readonly laterLoss: number;
  readonly laterStep: number;
  readonly rounds: number;
  readonly stepsARound: number;
  readonly warmUpSteps: number;
}

/** A way that cannot train the model, and what it says. */
export interface Refusal {
  readonly model: string;
  readonly batch: number;
  readonly engine: "native" | "wasm";
  readonly way: string;
  readonly says: string;
}

export const defaultMalloc = "PyTorch, default malloc";

/** @param all what each way took; the first is ours */
export function rowsOf(
  model: BenchModel,
  batch: number,
  engine: Row["engine"],
  all: ReadonlyMap<string, Taken>,
): Row[] {
  const [ours] = [...all.values()] as [Taken];
  const lengths = [...all.values()].map(({ losses }) => losses.length);
  const common = Math.min(40, ...lengths.filter((length) => length >= 10));
  return [...all].map(([way, taken]): Row => {
    const ratio = ratioOf(ours.milliseconds, taken.milliseconds);
    const milliseconds = median(taken.milliseconds);
    const gflops = (model.productFlops * batch) / milliseconds / 1e6;
    const peakGflops = taken.peaks.length > 0 ? median(taken.peaks) : null;
    return {
      ...{ model: model.name, batch, engine, way, milliseconds },
      processorMilliseconds: median(taken.processor),
      ...{ ratio: ratio.median, ratioLower: ratio.lower, ratioUpper: ratio.upper },
      processorRatio: ratioOf(ours.processor, taken.processor).median,
      target: way === defaultMalloc ? (model.target?.(batch) ?? null) : null,
      ...{ gflops, peakGflops, shareOfPeak: peakGflops && gflops / peakGflops },
      aim: taken === ours && engine === "native" ? (model.aim ?? null) : null,
      parameters: taken.about.parameters,
      firstStepSeconds: taken.firstStepSeconds,
      memoryMegabytes: taken.memory,
      ...lossesOf(taken, common),
      ...{ rounds: ratio.rounds, stepsARound: taken.stepsARound, warmUpSteps: taken.warmUpSteps },
    };
  });
}

function lossesOf({ losses }: Taken, common: number) {
  const laterStep = Math.min(common, losses.length);
  return { firstLoss: losses[0]!, laterLoss: losses[laterStep - 1]!, laterStep };
}

/** Where rows were measured: rows of another place are not kept beside them. */
export interface Place {
  readonly processor: string;
  /** The library of each way. */
  readonly libraries: Readonly<Record<string, string>>;
}

/** Puts rows in place of those of the same model, batch and engine; a file from another processor is begun anew. */
export function keepRows(
  file: string,
  place: Place,
  rows: readonly Row[],
  refusals: readonly Refusal[],
): void {
  const old = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Kept) : undefined;
  const keep = old?.place.processor === place.processor ? old : undefined;
  const isNew = (row: Row | Refusal): boolean =>
    [...rows, ...refusals].some(
      ({ model, batch, engine }) => model === row.model && batch === row.batch && engine === row.engine,
    );
  const content: Kept = {
    place: { ...place, libraries: { ...keep?.place.libraries, ...place.libraries } },
    rows: [...(keep?.rows.filter((row) => !isNew(row)) ?? []), ...rows],
    refusals: [...(keep?.refusals.filter((row) => !isNew(row)) ?? []), ...refusals],
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(content, null, 1)}\n`);
}

interface Kept {
  readonly place: Place;
  readonly rows: readonly Row[];
  readonly refusals: readonly Refusal[];
}
