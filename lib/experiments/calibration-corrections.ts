/** One run's answers under every correction, for every set of sensors. */
import type { CalibrationAnswers, TestAnswers } from "../calibration/answers";
import type { Calibrator } from "../calibration/calibrator";
import { type ClassTable, rowOf } from "../calibration/class-table";
import { fitConformal, type ConformalScore } from "../calibration/conformal";
import { fitHistogramBinning } from "../calibration/histogram-binning";
import { fitIsotonic } from "../calibration/isotonic";
import { fitMatrixScaling } from "../calibration/matrix-scaling";
import { fitModalityTemperature } from "../calibration/modality-temperature";
import { probabilitiesOf } from "../calibration/probabilities";
import { fitTemperature } from "../calibration/temperature";
import { fitVectorScaling } from "../calibration/vector-scaling";
import { randomFor } from "../random";
import type { CalibrationFit } from "./calibration-fits";

export const corrections = [
  /** As the model says it. */
  "none",
  /** One temperature, by the answers with all sensors, for every set. */
  "temperature",
  /** Each set of sensors has its own. */
  "temperature of the set",
  /** The same, by the people whom other folds kept for it, too; see `severalPeople`. */
  "several people",
  /** Each modality has its own, before the mean; of late fusion by the mean alone. */
  "temperature of the modality",
  /** With all sensors alone. */
  "vector",
  "matrix",
  "histogram",
  "isotonic",
] as const;
export type CorrectionName = (typeof corrections)[number];

export interface Corrected {
  /** Which set of sensors, by its place among the run's subsets. */
  readonly set: number;
  readonly correction: CorrectionName;
  readonly asked: TestAnswers;
  /** [window, class] */
  readonly probabilities: ClassTable;
}

export interface FittedTemperature {
  readonly set: number;
  readonly correction: CorrectionName;
  /** By modality where there are several. */
  readonly temperatures: Readonly<Record<string, number>>;
  readonly windows: number;
  readonly lossBefore: number;
  readonly lossAfter: number;
}

export interface ConformalAnswers {
  readonly set: number;
  readonly score: ConformalScore;
  readonly alpha: number;
  readonly asked: TestAnswers;
  /** [window, class]; 1 where the class is in the set. */
  readonly sets: ClassTable;
}

export interface CorrectedRun {
  readonly corrected: readonly Corrected[];
  readonly temperatures: readonly FittedTemperature[];
  readonly conformal: readonly ConformalAnswers[];
}

const wholeSet = {
  vector: fitVectorScaling,
  matrix: fitMatrixScaling,
  histogram: fitHistogramBinning,
  isotonic: fitIsotonic,
} as const satisfies Partial<
  Record<CorrectionName, (fit: CalibrationAnswers, options: Pick<CalibrationFit, "apart">) => Calibrator>
>;

/**
 * @param present of each subset; the empty set first, the full one last
 * @param isMean whether the model is the mean of what its modalities say alone
 * @param seed of the draws that randomised sets need
 */
export function correctRun(
  { fit, ask, apart }: CalibrationFit,
  present: readonly (readonly string[])[],
  {
    isMean,
    seed,
    alphas,
  }: { readonly isMean: boolean; readonly seed: number; readonly alphas: readonly number[] },
): CorrectedRun {
  const full = present.length - 1;
  const corrected: Corrected[] = ask.map((asked, set) => ({
    ...{ set, correction: "none", asked, probabilities: probabilitiesOf(asked.logits) },
  }));
  const temperatures: FittedTemperature[] = [];
  if (fit.length === 0) return { corrected, temperatures, conformal: [] };
  const keep = (set: number, correction: CorrectionName, { fittedOn, parameters }: Calibrator): void => {
    const { windows, lossBefore, lossAfter } = fittedOn;
    const temperature = parameters["temperature"] as number;
    temperatures.push({
      ...{
        set,
        correction,
        temperatures: { all: temperature },
        windows: windows.size,
        lossBefore,
        lossAfter,
      },
    });
  };
  const add = (set: number, correction: CorrectionName, calibrator: Calibrator): void => {
    corrected.push({ set, correction, asked: ask[set]!, probabilities: calibrator.probabilities(ask[set]!) });
  };
  const one = fitTemperature(fit[full]!, { apart });
  keep(full, "temperature", one);
  for (const set of present.keys()) {
    add(set, "temperature", one);
    const own = fitTemperature(fit[set]!, { apart });
    keep(set, "temperature of the set", own);
    add(set, "temperature of the set", own);
  }
  for (const [correction, fitOne] of Object.entries(wholeSet))
    add(full, correction as CorrectionName, fitOne(fit[full]!, { apart }));
  if (isMean) {
    const votes = votesOf(fit, present);
    const each = fitModalityTemperature(votes, { apart });
    temperatures.push({
      ...{ set: full, correction: "temperature of the modality", temperatures: each.temperatures },
      ...{ windows: fit[full]!.labels.length, lossBefore: NaN, lossAfter: NaN },
    });
    const asked = votesOf(ask, present);
    for (const [set, names] of present.entries())
      if (names.length > 0)
        corrected.push({
          ...{ set, correction: "temperature of the modality", asked: ask[set]! },
          probabilities: each.probabilities(asked, names),
        });
  }
  const draw = (answers: { readonly windows: Int32Array } | undefined): Float64Array =>
    Float64Array.from(answers!.windows, (window) => randomFor(seed, "conformal sets", window).uniform());
  const [known, unknown] = [draw(fit[full]), draw(ask[full])]; // the windows are the same for each set of sensors
  const conformal = present.flatMap((_, set) =>
    (["thr", "aps"] as const).flatMap((score) =>
      alphas.map((alpha): ConformalAnswers => {
        const fitted = fitConformal(fit[set]!, { score, alpha, apart }, known);
        return { set, score, alpha, asked: ask[set]!, sets: fitted.sets(ask[set]!, unknown) };
      }),
    ),
  );
  return { corrected, temperatures, conformal };
}

/**
 * What each modality said alone. By the contract of fusions a window in which nothing is heard has training's frequencies
 * as its answer, bit for bit those of the empty set: there the modality was not measured.
 */
function votesOf<A extends CalibrationAnswers | TestAnswers>(
  answers: readonly A[],
  present: readonly (readonly string[])[],
): { alone: Record<string, A>; presence: Uint8Array } {
  const singles = present.flatMap((names, set) => (names.length === 1 ? [{ name: names[0]!, set }] : []));
  const silence = answers[present.findIndex((names) => names.length === 0)]!.logits;
  const windows = silence.windows;
  const presence = new Uint8Array(windows * singles.length);
  singles.forEach(({ set }, m) => {
    for (let i = 0; i < windows; i++) {
      const [said, prior] = [rowOf(answers[set]!.logits, i), rowOf(silence, i)];
      if (said.some((z, k) => z !== prior[k])) presence[i * singles.length + m] = 1;
    }
  });
  return { alone: Object.fromEntries(singles.map(({ name, set }) => [name, answers[set]!])), presence };
}
