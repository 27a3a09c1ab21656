/** From the logits of a preset's runs to what its calibration comes to. */
import { createHash } from "node:crypto";
import { subsetName } from "../metrics/subsets";
import { calibrationFits, type FittedOn } from "./calibration-fits";
import {
  type ConformalAnswers,
  type Corrected,
  correctRun,
  type CorrectionName,
} from "./calibration-corrections";
import { CalibrationResult } from "./calibration-result";
import { severalPeople } from "./calibration-several";
import {
  binRows,
  coverageRow,
  curveRows,
  ensembleRow,
  orNull,
  rounded,
  scoresRow,
  subjectRows,
  together,
} from "./calibration-summary";
import { codeHash } from "./code-hash";
import type { KeptLogits } from "./logits-file";
import type { Result } from "./result";

export interface LoggedRun {
  readonly result: Pick<
    Result,
    "key" | "experiment" | "profile" | "presetName" | "preset" | "seed" | "classes" | "data"
  > & { readonly fold: Pick<Result["fold"], "split" | "heldOut"> };
  readonly logits: KeptLogits;
}

/** One miss in ten; twenty points of a curve. */
const options = { alphas: [0.1], points: 20, seed: 1 };

/** Everything from logits to the result. */
export const codeOfCalibration = (): string => codeHash(["experiments/calibration-of-runs"]);

/** @param runs keys of the runs that it is made of, in their order */
export const calibrationKey = (runs: readonly string[], code: string = codeOfCalibration()): string =>
  createHash("sha256").update(JSON.stringify({ runs, code })).digest("hex").slice(0, 16);

interface Origin {
  readonly split: string;
  readonly heldOut: string;
  readonly seed: number;
}

/**
 * @param runs of one preset, all its folds and seeds, in the order of results
 * @throws of none, or of several presets
 */
export function calibrationOfRuns(runs: readonly LoggedRun[]): CalibrationResult {
  const [first] = runs;
  const presets = [...new Set(runs.map(({ result }) => result.presetName))];
  if (!first || presets.length > 1)
    throw new Error(
      `calibrationOfRuns: expected runs of one preset, got [${presets.join(", ")}]; take one preset of one experiment`,
    );
  const { preset, classes } = first.result;
  const present = first.logits.subsets.map((subset) => subset.present);
  const names = present.map(subsetName);
  const isMean = "fusion" in preset && preset.fusion === "late-mean";
  const several = severalPeople(runs);
  const fittedOn = new Set<FittedOn>();
  const answers: (Corrected & Origin)[] = [];
  const sets: (ConformalAnswers & Origin)[] = [];
  const temperatures: CalibrationResult["temperatures"] = [];
  for (const run of runs) {
    const { seed, fold } = run.result;
    const origin = { split: fold.split, heldOut: fold.heldOut, seed };
    const found = calibrationFits(run.logits, fold.split);
    fittedOn.add(found.fittedOn);
    const each = found.fits.map((fit) => correctRun(fit, present, { isMean, alphas: options.alphas, seed }));
    if (found.fittedOn === "people kept for it" && several) each.push(several.get(run)!);
    for (const { corrected, conformal, temperatures: fitted } of each) {
      answers.push(...corrected.map((one) => ({ ...one, ...origin })));
      sets.push(...conformal.map((one) => ({ ...one, ...origin })));
      for (const { set, lossBefore, lossAfter, ...told } of fitted)
        temperatures.push({
          ...{ ...origin, set: names[set]!, ...told },
          ...{ lossBefore: orNull(lossBefore), lossAfter: orNull(lossAfter) },
        });
    }
  }
  const bySeed = groupsOf(answers, ({ split, set, correction, seed }) => [split, set, correction, seed]);
  const overSeeds = groupsOf(answers, ({ split, set, correction }) => [split, set, correction]);
  const whole = overSeeds.filter(([one]) => one!.set === names.length - 1);
  const where = ([one]: readonly (Corrected & Origin)[]) => {
    const { split, set, correction } = one!;
    return { split, set: names[set]!, correction };
  };
  return CalibrationResult.parse(
    rounded({
      key: calibrationKey(runs.map(({ result }) => result.key)),
      experiment: first.result.experiment,
      profile: first.result.profile,
      presetName: first.result.presetName,
      runs: runs.map(({ result }) => result.key),
      code: codeOfCalibration(),
      data: first.result.data,
      classes: [...classes],
      modalities: [...present.at(-1)!],
      fittedOn: [...fittedOn],
      temperatures,
      pooled: bySeed.map((group) => ({
        ...{ ...where(group), seed: group[0]!.seed, scores: scoresRow(together(group)) },
      })),
      ensemble: overSeeds.filter(hasPeople).flatMap((group) => {
        const members = groupsOf(group, ({ seed }) => [seed]).map(together);
        return members.length > 1 ? [{ ...where(group), ...ensembleRow(members) }] : [];
      }),
      subjects: overSeeds
        .filter(hasPeople)
        .flatMap((group) => subjectRows(together(group)).map((row) => ({ ...where(group), ...row }))),
      reliability: whole.map((group) => ({ ...where(group), bins: binRows(together(group), options.seed) })),
      riskCoverage: whole.map((group) => ({
        ...where(group),
        points: curveRows(together(group), options.points),
      })),
      conformal: groupsOf(sets, ({ split, set, score, alpha }) => [split, set, score, alpha]).map((group) => {
        const { split, set, score, alpha } = group[0]!;
        return {
          split,
          set: names[set]!,
          score,
          alpha,
          ...coverageRow(group, classes, set === names.length - 1),
        };
      }),
    }),
  );
}

/** Of these each person has rows, and seeds make an ensemble. */
const byPerson: readonly CorrectionName[] = ["none", "temperature of the set", "several people"];
const hasPeople = ([one]: readonly Corrected[]): boolean => byPerson.includes(one!.correction);

/** In the order in which groups first appear. */
function groupsOf<T>(rows: readonly T[], keyOf: (row: T) => readonly (string | number)[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = JSON.stringify(keyOf(row));
    const own = groups.get(key) ?? [];
    own.push(row);
    groups.set(key, own);
  }
  return [...groups.values()];
}
