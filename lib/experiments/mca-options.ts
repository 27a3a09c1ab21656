/** What one training of MCA, Zorro, everything-at-once or of what they are measured against is told. */
import { z } from "zod";

const contrastive = ["mca", "zorro", "everything", "open", "random", "zorro-one-channel"] as const;
const Method = z.enum([
  ...contrastive,
  ...(["majority", "single", "late", "concat-zero", "concat-mean", "concat-token"] as const),
]);
export type McaMethod = z.infer<typeof Method>;

export const Missing = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("at-random"), p: z.union([z.number(), z.array(z.number())]) }),
  z.strictObject({ kind: z.literal("blocks"), p: z.number(), length: z.int() }),
  z.strictObject({ kind: z.literal("by-class"), p: z.number(), spread: z.number() }),
]);

/** One training; a field that does not exist is an error, not a wish that nobody hears (trap M17). */
export const McaRunOptions = z.strictObject({
  method: Method,
  /** What training loses. */
  missing: Missing,
  /** Modalities, by number, that training always or never has. */
  always: z.array(z.int()),
  never: z.array(z.int()),
  /** Samples that lose everything: drawn again, or kept as published (trap M7). */
  empty: z.enum(["draw again", "keep"]),
  families: z.array(z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])),
  /** As published or one trap alone: residual path (M1), empty rows (M6), of everything-at-once positions (E3). */
  trunk: z.enum(["corrected", "published", "one norm", "empty rows", "positions"]),
  /** Products instead of cosines (M2), absent columns that stay (M4). */
  contrast: z.enum(["corrected", "published", "products", "columns"]),
  /** Half channels train as whole ones (M3). */
  complete: z.enum(["all", "any"]),
  /** Of everything-at-once: pairs that share no modality; as published (E1, E2) or one trap alone. */
  pairs: z.enum(["disjoint", "published", "without first", "overlapping"]),
  /** Of everything-at-once: so many pairs of modalities, drawn, have a pass (E5); all where null. */
  drawnPairs: z.int().nullable(),
  dim: z.int(),
  depth: z.int(),
  heads: z.int(),
  tokensPerChannel: z.int(),
  steps: z.int(),
  batchSize: z.int(),
  learningRate: z.number(),
  warmupSteps: z.int(),
  weightDecay: z.number(),
  clipNorm: z.number(),
  /** Of the initial weights and the order of batches. */
  seed: z.int(),
  /** Of the masks, in training and in testing. */
  maskSeed: z.int(),
  /** Number of the split. */
  split: z.int(),
  /** Chances of losing a modality in testing. */
  testAt: z.array(z.number()),
});
export type McaRunOptions = Readonly<z.infer<typeof McaRunOptions>>;

/** Is it trained without classes? */
export const isContrastive = (method: McaMethod): method is (typeof contrastive)[number] =>
  contrastive.some((one) => one === method);
