/** Was a kept result made by other code, or from another description, than there is now? */
import { isDeepStrictEqual } from "node:util";
import { amounts } from "./amounts";
import { experiment, type ExperimentName, experiments } from "./experiment";
import { presetsOf } from "./presets-of";
import type { Result } from "./result";
import { codeOfRun } from "./run-key";

/** A preset or an experiment that is no longer there makes its results stale, too. */
export function isStale(
  result: Pick<Result, "experiment" | "profile" | "presetName" | "preset" | "code">,
): boolean {
  if (!(result.experiment in experiments)) return true;
  const described = experiment(result.experiment as ExperimentName);
  const named = presetsOf(described).find(({ presetName }) => presetName === result.presetName);
  if (!named) return true;
  const preset = amounts[result.profile].preset(named.preset);
  if (!isDeepStrictEqual(preset, result.preset)) return true; // whatever the order of their fields
  const source = { ...described, alignment: named.variant?.alignment };
  return result.code !== codeOfRun({ preset, source, stress: described.stress });
}
