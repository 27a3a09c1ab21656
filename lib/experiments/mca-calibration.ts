/** How sure is a method of what it says with some modalities, and may it be believed after one number is learned? */
import { equalMassBins } from "../calibration/bins";
import { brierParts } from "../calibration/brier";
import { expectedGap } from "../calibration/calibration-gaps";
import type { ClassTable } from "../calibration/class-table";
import { logLoss } from "../calibration/log-loss";
import { probabilitiesOf } from "../calibration/probabilities";
import { riskCoverage } from "../calibration/risk-coverage";
import { bestTemperature } from "../calibration/temperature";
import { topLabels } from "../calibration/top-label";
import { calibrationError } from "../metrics/calibration-error";
import { finite, type McaCalibration } from "./mca-result";

/** Answers and truth of some samples. */
export interface Answered {
  /** [sample, class] */
  readonly probabilities: Float64Array;
  /** [sample] */
  readonly labels: Int32Array;
}

/**
 * Temperatures are fitted on validation, by likelihood: one on samples with all modalities, as who never practised failure
 * would, and one on samples with this set alone.
 *
 * @param test with this set @param complete, own validation, with all modalities and with this set; null where it has none
 */
export function calibrationOfSet(
  test: Answered,
  complete: Answered | null,
  own: Answered | null,
  classes: number,
): McaCalibration {
  const { labels } = test;
  const raw = tableOf(test, classes);
  const { confidence, right } = topLabels(raw, labels);
  const after = (fitted: Answered | null): McaCalibration["own"] => {
    if (!fitted || fitted.labels.length === 0) return null;
    const temperature = bestTemperature(logitsOf(fitted, classes), fitted.labels);
    const mended = probabilitiesOf(logitsOf(test, classes), temperature);
    const sure = topLabels(mended, labels);
    return {
      temperature,
      calibrationError: finite(calibrationError(sure.confidence, sure.right)),
      logLoss: finite(logLoss(mended, labels)),
    };
  };
  return {
    adaptive: finite(expectedGap(equalMassBins(confidence, right, bins))),
    brier: finite(brierParts(raw, labels, bins).score),
    logLoss: finite(logLoss(raw, labels)),
    aurc: finite(riskCoverage(confidence, right).aurc),
    ...{ complete: after(complete), own: after(own) },
  };
}

const bins = 15;

const tableOf = ({ probabilities, labels }: Answered, classes: number): ClassTable => ({
  windows: labels.length,
  classes,
  values: probabilities,
});

/** A class that training lacks has probability 0, of which there is no logarithm. */
const least = 1e-12;

const logitsOf = (answered: Answered, classes: number): ClassTable => {
  const table = tableOf(answered, classes);
  return { ...table, values: answered.probabilities.map((p) => Math.log(Math.max(p, least))) };
};
