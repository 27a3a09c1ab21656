/** Histogram binning: what was promised is replaced by what came in its bin. */
import type { CalibrationAnswers } from "./answers";
import { binOf, equalWidthBins } from "./bins";
import { calibratorOf, checkFitted, type Calibrator, type FitOptions } from "./calibrator";
import { againstRest } from "./one-against-rest";

/**
 * Of each class against all others the share of its bin of equal width (Zadrozny & Elkan 2001); an empty bin leaves a
 * promise as it is. Mixed as `againstRest` says. May change answers.
 *
 * @throws of no windows
 */
export function fitHistogramBinning(
  answers: CalibrationAnswers,
  { bins = 15, ...options }: FitOptions & { readonly bins?: number } = {},
): Calibrator {
  checkFitted("fitHistogramBinning", answers);
  const { correct, share } = againstRest(answers, (promised, came) => {
    const found = equalWidthBins(promised, came, bins);
    return (promise) => {
      const { count, accuracy } = found[Math.max(0, binOf(promise, bins))]!;
      return count > 0 ? accuracy : promise;
    };
  });
  return calibratorOf(answers, { name: "histogram binning", parameters: { bins, share }, correct }, options);
}
