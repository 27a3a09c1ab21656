/** What one training for the question of the collapse leaves behind, and where it lies. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Profile } from "../workspace";
import { SubsetAnswer } from "./collapse-answers";
import { CollapseVariant } from "./collapse-switches";
import { Result } from "./result";

export const CollapseResult = z.strictObject({
  experiment: z.string(),
  profile: z.enum(["tiny", "standard", "full"]),
  key: z.string(),
  variantName: z.string(),
  variant: CollapseVariant,
  /** What the heart rate of these windows is. */
  heart: z.string(),
  seed: z.int(),
  data: z.strictObject({ name: z.string(), hash: z.string() }),
  engine: Result.shape.engine,
  /** Hash of the code that it could reach. */
  code: z.string(),
  classes: z.array(z.string()),
  windows: z.strictObject({
    train: z.int(),
    test: z.int(),
    /** Test windows that share samples with training windows: the split is the published one. */
    leaking: z.int(),
    all: z.int(),
    /** By sensor: of all windows those with a NaN, whose vector is zeros. */
    closed: z.record(z.string(), z.int()),
  }),
  /** Share of the test windows that are of training's commonest class. */
  majorityAccuracy: z.number(),
  parameters: z.int(),
  steps: z.int(),
  history: z.array(z.strictObject({ epoch: z.int(), trainLoss: z.number(), trainAccuracy: z.number() })),
  /** The same weights under each switch; of models without any, "as trained" alone. */
  answers: z.array(z.strictObject({ switch: z.string(), subsets: z.array(SubsetAnswer) })),
  norms: z.array(z.strictObject({ sensor: z.string(), ofZeros: z.number(), ofWindows: z.number() })),
});
export type CollapseResult = Readonly<z.infer<typeof CollapseResult>>;

/** `results/<profile>/<experiment>/<key>.json` */
export const collapseFile = (folder: string, profile: Profile, experiment: string, key: string): string =>
  join(folder, profile, experiment, `${key}.json`);

/** Whole or not at all; `circumstances` lie beside, outside its bytes. */
export function writeCollapse(folder: string, result: CollapseResult, circumstances: object): void {
  const file = collapseFile(folder, result.profile, result.experiment, result.key);
  mkdirSync(dirname(file), { recursive: true });
  const write = (path: string, content: unknown): void => {
    const text = JSON.stringify(content, null, 1).replace(/\[[\s\d.,e-]*\]/g, (list) =>
      list.replace(/\s+/g, " "),
    );
    writeFileSync(`${path}.part`, `${text}\n`);
    renameSync(`${path}.part`, path);
  };
  write(file.replace(/\.json$/, ".run.json"), circumstances);
  write(file, CollapseResult.parse(result));
}

/** @throws naming the file that is no such result, and the field */
export function readCollapse(file: string): CollapseResult {
  const parsed = CollapseResult.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new Error(
    `readCollapse: ${file}: expected a result, got ${first!.path.join(".")}: ${first!.message}; it was written by other code: remove it and run: npm run results`,
  );
}

/** All of an experiment, by variant and seed; none where it has not run. */
export function readCollapses(folder: string, profile: Profile, experiment: string): CollapseResult[] {
  const from = join(folder, profile, experiment);
  if (!existsSync(from)) return [];
  return readdirSync(from)
    .filter((name) => name.endsWith(".json") && !name.endsWith(".run.json"))
    .map((name) => readCollapse(join(from, name)))
    .sort((a, b) => a.variantName.localeCompare(b.variantName) || a.seed - b.seed);
}

/** Removes what newer code has replaced; returns the keys. */
export function removeReplacedCollapses(
  folder: string,
  profile: Profile,
  experiment: string,
  current: readonly string[],
): string[] {
  const old = readCollapses(folder, profile, experiment).filter(({ key }) => !current.includes(key));
  for (const { key } of old) {
    const file = collapseFile(folder, profile, experiment, key);
    for (const path of [file, file.replace(/\.json$/, ".run.json")]) rmSync(path, { force: true });
  }
  return old.map(({ key }) => key);
}
