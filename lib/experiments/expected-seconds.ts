/** How long a run may take, going by the circumstances of those that were made: a guess, for people who wait. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { experiments } from "./experiment";
import type { Plan } from "./plan";
import type { Preset } from "./preset";

const Made = z.object({ presetName: z.string(), preset: z.looseObject({}) });
const Took = z.object({ seconds: z.number() });

interface Timing {
  readonly presetName: string;
  readonly secondsPerTrial: number;
}

const trialsOf = (preset: object): number =>
  "trials" in preset && Array.isArray(preset.trials) ? preset.trials.length : 1;

/**
 * By the mean over earlier runs, of whatever code: of the same preset in this experiment; else of the same preset in
 * others on the same data; else of all presets in this experiment; else of all in the others.
 *
 * @param folders of results
 * @returns undefined where nothing was ever run on these data
 */
export function expectedSeconds(
  folders: readonly string[],
  { profile, experiment, problem }: Plan,
): (named: { readonly presetName: string; readonly preset: Preset }) => number | undefined {
  const timings = (name: string): Timing[] => folders.flatMap((f) => timingsIn(join(f, profile, name)));
  const own = timings(experiment);
  const alike = Object.entries(experiments).filter(
    ([name, { data }]) => name !== experiment && data === problem.data,
  );
  const others = alike.flatMap(([name]) => timings(name));
  return ({ presetName, preset }) => {
    const same = (timing: Timing): boolean => timing.presetName === presetName;
    const found = [own.filter(same), others.filter(same), own, others].find(({ length }) => length > 0);
    if (!found) return undefined;
    const sum = found.reduce((total, { secondsPerTrial }) => total + secondsPerTrial, 0);
    return (sum / found.length) * trialsOf(preset);
  };
}

function timingsIn(folder: string): Timing[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(".run.json"));
  return files.flatMap((file) => {
    const took = Took.safeParse(read(join(folder, file)));
    const made = Made.safeParse(read(join(folder, file.replace(".run.json", ".json"))));
    if (!took.success || !made.success) return [];
    const { presetName, preset } = made.data;
    return [{ presetName, secondsPerTrial: took.data.seconds / trialsOf(preset) }];
  });
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined; // torn or gone: one guess less
  }
}
