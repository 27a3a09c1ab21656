/** The rows of a committed benchmark, checked when read: what a cost table is made of. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const Row = z.object({
  model: z.string(),
  batch: z.int(),
  engine: z.enum(["native", "wasm"]),
  way: z.string(),
  /** Of one training step. */
  milliseconds: z.number(),
  /** Time of ours / time of this way, in the median of the rounds, and quartiles. */
  ratio: z.number(),
  ratioLower: z.number(),
  ratioUpper: z.number(),
  /** What `ratio` should be at most. */
  target: z.number().nullable(),
  shareOfPeak: z.number().nullable(),
  parameters: z.int(),
  firstStepSeconds: z.number(),
  memoryMegabytes: z.number().nullable(),
});

const Benchmark = z.object({
  place: z.object({ processor: z.string(), libraries: z.record(z.string(), z.string()) }),
  rows: z.array(Row).min(1),
});
export type BenchmarkRow = Readonly<z.infer<typeof Row>>;
export type Benchmark = Readonly<z.infer<typeof Benchmark>>;

/**
 * @param folder results/
 * @throws where it has not been measured, or a row is none
 */
export function readBenchmark(folder: string, name: string): Benchmark {
  const file = join(folder, "bench", `${name}.json`);
  if (!existsSync(file))
    throw new Error(`readBenchmark: expected ${file}, got none; run: npm run bench -- ${name} --keep`);
  const parsed = Benchmark.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(
    `readBenchmark: ${file}: expected rows of a benchmark, got ${issue?.path.join(".")}: ${issue?.message}; run: npm run bench -- ${name} --keep`,
  );
}
