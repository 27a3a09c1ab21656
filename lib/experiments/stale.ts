/** Was a kept result made by other code, or from another description, than there is now? */
import { experiments } from "./experiment";
import { amounts } from "./experiment";
import { presets } from "./preset";
import type { Result } from "./result";
import { codeOfRun } from "./run-key";

/** A preset or an experiment that is no longer there makes its results stale, too. */
export function isStale(
  result: Pick<Result, "experiment" | "profile" | "presetName" | "preset" | "code">,
): boolean {
  const described = Object.entries(experiments).find(([name]) => name === result.experiment)?.[1];
  const named = Object.entries(presets).find(([name]) => name === result.presetName)?.[1];
  if (!described || !named) return true;
  const preset = amounts[result.profile].preset(named);
  if (JSON.stringify(preset) !== JSON.stringify(result.preset)) return true;
  return result.code !== codeOfRun({ preset, source: described });
}
