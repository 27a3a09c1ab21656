/** What the files in `results/` look like, for whoever reads them with other tools: JSON Schema, draft 2020-12. */
import { z } from "zod";
import { contractSchemas } from "./contract-schemas";
import { InferenceCost } from "./inference-cost";
import { Result } from "./result";

const published = {
  result: Result,
  ...contractSchemas,
  "bench-fusion": InferenceCost,
} as const satisfies Record<string, z.ZodType>;

export type SchemaName = keyof typeof published;
export const schemaNames = Object.keys(published) as SchemaName[];

/** As a reader may find a file: what was added later may be missing in older ones. */
export const jsonSchema = (name: SchemaName): object => ({
  title: name,
  ...z.toJSONSchema(published[name], { io: "input" }),
});
