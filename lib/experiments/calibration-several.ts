/** Is one person enough to calibrate for others? A temperature by all folds' calibration people instead. */
import { testAnswers } from "../calibration/answers";
import { classTable, stackTables } from "../calibration/class-table";
import { logitLoss } from "../calibration/log-loss";
import { probabilitiesOf } from "../calibration/probabilities";
import { bestTemperature } from "../calibration/temperature";
import type { CorrectedRun, Corrected, FittedTemperature } from "./calibration-corrections";
import type { LoggedRun } from "./calibration-of-runs";

/**
 * For each set of sensors the T that is likeliest over what the models of all folds of this seed say about the people they
 * kept for calibration, leaving out folds who kept one of this run's test people. No person is asked about by a T that saw
 * their answers. The other folds' models have trained on this run's test people, though, as it is with every
 * cross-validation: nothing but that one number comes from there.
 *
 * @returns by run; undefined where some fold is left with fewer than two such people
 */
export function severalPeople(runs: readonly LoggedRun[]): Map<LoggedRun, CorrectedRun> | undefined {
  const each = new Map(runs.map((run) => [run, correctedBy(run, runs)]));
  // pooled over some folds only it could not be held against what is pooled over all
  return [...each.values()].every(({ corrected }) => corrected.length > 0) ? each : undefined;
}

function correctedBy(run: LoggedRun, runs: readonly LoggedRun[]): CorrectedRun {
  const { parts, subsets } = run.logits;
  const { seed, fold } = run.result;
  const tested = new Set(parts.test.subjects);
  const others = runs.filter(
    ({ result, logits }) =>
      result.seed === seed &&
      result.fold.split === fold.split &&
      logits.parts.calibration.labels.length > 0 &&
      !logits.parts.calibration.subjects.some((subject) => tested.has(subject)),
  );
  const corrected: Corrected[] = [];
  const temperatures: FittedTemperature[] = [];
  const labels = others.flatMap(({ logits }) => [...logits.parts.calibration.labels]);
  if (others.length < 2) return { corrected, temperatures, conformal: [] };
  for (const [set, subset] of subsets.entries()) {
    const logits = stackTables(others.map((other) => classTable(other.logits.subsets[set]!.calibration)));
    const temperature = bestTemperature(logits, labels);
    temperatures.push({
      ...{ set, correction: "several people", temperatures: { all: temperature }, windows: labels.length },
      lossBefore: logitLoss(logits, labels),
      lossAfter: logitLoss(logits, labels, temperature),
    });
    const asked = testAnswers({ ...parts.test, logits: classTable(subset.test) });
    const probabilities = probabilitiesOf(asked.logits, temperature);
    corrected.push({ set, correction: "several people", asked, probabilities });
  }
  return { corrected, temperatures, conformal: [] };
}
