/** What `npm run bench -- mca` kept: time and memory by the number of modalities. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

export const McaModalityRow = z.strictObject({
  method: z.string(),
  modalities: z.int(),
  /** In a batch; tokens of one sample that go through the trunk, in all passes. */
  batch: z.int(),
  tokens: z.int(),
  parameters: z.int(),
  /** Of one training step, loss and AdamW included: median of the rounds, and quartiles. */
  milliseconds: z.number(),
  lower: z.number(),
  upper: z.number(),
  /** That steps held at most beyond model and library; null where the system does not tell. */
  memoryMegabytes: z.number().nullable(),
});
export type McaModalityRow = Readonly<z.infer<typeof McaModalityRow>>;

/** Other parts of the file are left as they are. */
const File = z.looseObject({
  modalities: z.object({ processor: z.string(), rows: z.array(McaModalityRow).min(1) }).optional(),
});

/**
 * @param folder results/
 * @returns undefined where it has not been measured
 * @throws where the file holds something else
 */
export function readMcaBench(
  folder: string,
): { readonly processor: string; readonly rows: readonly McaModalityRow[] } | undefined {
  const file = join(folder, "bench", "mca.json");
  if (!existsSync(file)) return undefined;
  const parsed = File.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (parsed.success) return parsed.data.modalities;
  const [issue] = parsed.error.issues;
  throw new Error(
    `readMcaBench: ${file}: expected rows by modalities, got ${issue?.path.join(".")}: ${issue?.message}; run: npm run bench -- mca --modalities 2..8 --keep`,
  );
}
