/** The assignment's three files, made of results: no number in them is typed by hand. */
import type { z } from "zod";
import { subsetName } from "../metrics/subsets";
import { calibrationMetrics, methodLeaf, starterSubsets } from "./contract-leaves";
import type { FusionComparison, MissingModality, Uncertainty } from "./contract-schemas";
import type { InferenceRow } from "./inference-cost";
import type { Result } from "./result";

export interface ContractFiles {
  readonly fusion_comparison: FusionComparison;
  readonly missing_modality: MissingModality;
  readonly uncertainty: Uncertainty;
}

/**
 * Fusions are the presets that have all the experiment's sensors and fuse them; all others are baselines.
 *
 * @param results of one experiment and split; see `comparedResults`
 * @param inference rows of `npm run bench -- fusion`, if there are
 */
export function contractFiles(
  experiment: string,
  results: readonly Result[],
  inference: readonly InferenceRow[] = [],
): ContractFiles {
  const [first] = results;
  if (!first || results.some(({ subsets }) => subsets.length === 0))
    throw new Error(
      `contractFiles: expected results with the scores of all sets of sensors, got ${first ? "results of older code" : "none"} of ${experiment}; run: npm run results -- ${experiment}`,
    );
  const modalities = longest(results.map(({ preset }) => preset.modalities));
  const named = byMethod(results);
  // the assignment's late fusion has learned weights
  if (!named.has("late") && named.has("late_learned")) named.set("late", named.get("late_learned")!);
  const isFusion = ([, [one]]: [string, Result[]]): boolean =>
    "fusion" in one!.preset && one!.preset.modalities.length === modalities.length;
  const fusions = [...named].filter(isFusion);
  if (fusions.length === 0)
    throw new Error(
      `contractFiles: expected a fusion among the presets of ${experiment}, got baselines alone`,
    );
  const about = {
    dataset: first.data.name,
    modalities: [...modalities],
    experiment,
    protocol: first.fold.split,
    subjects: [...new Set(results.flatMap(({ subjects }) => subjects.map(({ subject }) => subject)))].sort(),
  };
  // the assignment's own strategy speaks at the top level; where it was not run, the first
  const [chief] = fusions.find(([name]) => name === "hybrid") ?? fusions[0]!;
  const leaf = (own: Result[]): z.input<typeof FusionComparison>["results"][string] =>
    methodLeaf(own, inference);
  const starters = fusions.map(([name, own]) => [name, starterSubsets(own, modalities)] as const);
  const top = starters.find(([name]) => name === chief)![1];
  const calibrations = fusions.map(([name, own]) => [name, calibrationMetrics(own, modalities)] as const);
  return {
    fusion_comparison: {
      ...about,
      results: Object.fromEntries(fusions.map(([name, own]) => [`${name}_fusion`, leaf(own)])),
      baselines: Object.fromEntries(
        [...named].filter((entry) => !isFusion(entry)).map(([name, own]) => [name, leaf(own)]),
      ),
    },
    missing_modality: {
      ...about,
      fusion: chief,
      modality_subsets: handOutNames(top.all_combinations, modalities),
      ...top,
      ...Object.fromEntries(starters),
    } as MissingModality,
    uncertainty: {
      ...about,
      fusion: chief,
      calibration_metrics: calibrations.find(([name]) => name === chief)![1],
      fusions: Object.fromEntries(calibrations),
      subsets: Object.fromEntries(
        fusions.map(([name, own]) => [
          name,
          Object.fromEntries(
            own[0]!.subsets.map(({ present }) => [subsetName(present), calibrationMetrics(own, present)]),
          ),
        ]),
      ),
    },
  };
}

/** "early-conv" is early: what all fusions share is not part of a name; hyphens are none in the assignment's. */
function byMethod(results: readonly Result[]): Map<string, Result[]> {
  const methods = new Map<string, Result[]>();
  for (const result of results) {
    const { presetName, preset } = result;
    const suffix = "encoder" in preset ? `-${preset.encoder}` : "";
    const name = (
      presetName.endsWith(suffix) ? presetName.slice(0, presetName.length - suffix.length) : presetName
    ).replaceAll("-", "_");
    methods.set(name, [...(methods.get(name) ?? []), result]);
  }
  return methods;
}

/** all, and where there is a heart rate beside other sensors, the hand-out's two. */
function handOutNames(
  leaves: MissingModality["all_combinations"],
  modalities: readonly string[],
): MissingModality["modality_subsets"] {
  const others = modalities.filter((name) => name !== "heart");
  const names = {
    all: modalities,
    ...(modalities.includes("heart") && { imu_only: others, heart_only: ["heart"] }),
  };
  return Object.fromEntries(Object.entries(names).map(([name, set]) => [name, leaves[subsetName(set)]!]));
}

const longest = (lists: readonly (readonly string[])[]): readonly string[] =>
  lists.reduce((a, b) => (b.length > a.length ? b : a));
