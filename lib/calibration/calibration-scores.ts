/** Everything that is asked of one set of answers, from a few passes over it. */
import { brierPartsOf } from "./brier";
import { equalMassBins, equalWidthBins } from "./bins";
import { averageGap, debiasedSquaredGap, expectedGap, largestGap } from "./calibration-gaps";
import { classBinsOf } from "./class-bins";
import type { ClassTable } from "./class-table";
import { adaptiveClasswiseError, classwiseErrorOf } from "./classwise-error";
import { logLoss } from "./log-loss";
import { riskCoverage } from "./risk-coverage";
import { sharpness } from "./sharpness";
import { meanOf, topLabels } from "./top-label";

export interface CalibrationScores {
  readonly windows: number;
  readonly accuracy: number;
  readonly confidence: number;
  /** Negative log-likelihood, nats. */
  readonly logLoss: number;
  readonly brier: number;
  /** Of the Brier score: score = reliability − resolution + uncertainty + within. */
  readonly brierReliability: number;
  readonly brierResolution: number;
  readonly brierUncertainty: number;
  /** Expected calibration error of the answer, 15 bins of equal width ... */
  readonly ece: number;
  /** ... of equally many windows (adaptive ECE) ... */
  readonly eceEqualMass: number;
  /** ... and without what chance adds: √max(0, debiased squared gap), over bins of equally many windows. */
  readonly eceDebiased: number;
  readonly mce: number;
  /** netcal's ACE. */
  readonly ace: number;
  readonly eceClasswise: number;
  /** Nixon's ACE. */
  readonly aceClasswise: number;
  readonly sharpness: number;
  readonly aurc: number;
  readonly excessAurc: number;
}

/**
 * @param probabilities [window, class]
 * @param labels [window], class ids
 * @throws of no windows
 */
export function calibrationScores(
  probabilities: ClassTable,
  labels: ArrayLike<number>,
  bins = 15,
): CalibrationScores {
  const classBins = classBinsOf("calibrationScores", probabilities, labels, bins);
  if (labels.length === 0)
    throw new Error("calibrationScores: expected windows, got none; ask of the windows of a fold's part");
  const { confidence, right } = topLabels(probabilities, labels);
  const [wide, massive] = [equalWidthBins(confidence, right, bins), equalMassBins(confidence, right, bins)];
  const brier = brierPartsOf(classBins, probabilities);
  const { aurc, excess } = riskCoverage(confidence, right);
  return {
    windows: labels.length,
    accuracy: meanOf(right),
    confidence: meanOf(confidence),
    logLoss: logLoss(probabilities, labels),
    brier: brier.score,
    brierReliability: brier.reliability,
    brierResolution: brier.resolution,
    brierUncertainty: brier.uncertainty,
    ece: expectedGap(wide),
    eceEqualMass: expectedGap(massive),
    eceDebiased: Math.sqrt(Math.max(0, debiasedSquaredGap(massive))),
    mce: largestGap(wide),
    ace: averageGap(wide),
    eceClasswise: classwiseErrorOf(classBins).mean,
    aceClasswise: adaptiveClasswiseError(probabilities, labels, bins).mean,
    sharpness: sharpness(probabilities),
    aurc,
    excessAurc: excess,
  };
}
