/** What a trained model's answer costs, as `npm run bench -- fusion` has measured and kept it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** Milliseconds for each window, from samples in memory to logits: over calls, each of one batch. */
export const InferenceRow = z.strictObject({
  preset: z.string(),
  batch: z.int(),
  parameters: z.int(),
  calls: z.int(),
  p50: z.number(),
  p95: z.number(),
  mean: z.number(),
  deviation: z.number(),
});
export type InferenceRow = Readonly<z.infer<typeof InferenceRow>>;

export const InferenceCost = z.strictObject({
  place: z.strictObject({ processor: z.string(), engine: z.string() }),
  /** Of each modality: time × channels. */
  window: z.record(z.string(), z.string()),
  rows: z.array(InferenceRow).min(1),
});
export type InferenceCost = Readonly<z.infer<typeof InferenceCost>>;

export const inferenceFile = (folder: string): string => join(folder, "bench", "fusion.json");

/**
 * @param folder results/
 * @returns undefined where it has not been measured
 */
export function readInferenceCost(folder: string): InferenceCost | undefined {
  const file = inferenceFile(folder);
  if (!existsSync(file)) return undefined;
  const parsed = InferenceCost.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(
    `readInferenceCost: ${file}: expected rows of a benchmark, got ${issue?.path.join(".")}: ${issue?.message}; run: npm run bench -- fusion --keep`,
  );
}
