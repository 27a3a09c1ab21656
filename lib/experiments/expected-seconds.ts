/** How long a run may take, going by the circumstances of those that were made: a guess, for people who wait. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Profile } from "../workspace";

const Made = z.object({ presetName: z.string() });
const Took = z.object({ seconds: z.number() });

/**
 * @param folders of results; those of other code serve as well
 * @returns of a preset the mean over its runs; where it has none, over all runs of the experiment; undefined without any
 */
export function expectedSeconds(
  folders: readonly string[],
  profile: Profile,
  experiment: string,
): (presetName: string) => number | undefined {
  const seconds = new Map<string, number[]>();
  for (const folder of folders.map((f) => join(f, profile, experiment)).filter((f) => existsSync(f)))
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".run.json"))) {
      const took = Took.safeParse(read(join(folder, file)));
      const made = Made.safeParse(read(join(folder, file.replace(".run.json", ".json"))));
      if (!took.success || !made.success) continue;
      const { presetName } = made.data;
      seconds.set(presetName, [...(seconds.get(presetName) ?? []), took.data.seconds]);
    }
  return (presetName) => mean(seconds.get(presetName) ?? [...seconds.values()].flat());
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined; // torn or gone: one guess less
  }
}

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
