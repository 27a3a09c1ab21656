/** How far what was promised is from what came, over bins: one number, in the four ways that are in use. */
import type { Bin } from "../metrics/calibration-error";

/** Σ_b n_b / N · |accuracy_b − confidence_b|: the expected calibration error of these bins; NaN of no windows. */
export const expectedGap = (bins: readonly Bin[]): number =>
  weigh(bins, ({ accuracy, confidence }) => Math.abs(accuracy - confidence));

/** The largest |accuracy_b − confidence_b|: maximum calibration error. One window in a bin of its own decides it. */
export const largestGap = (bins: readonly Bin[]): number =>
  Math.max(
    ...bins
      .filter(({ count }) => count > 0)
      .map(({ accuracy, confidence }) => Math.abs(accuracy - confidence)),
  );

/** The mean of |accuracy_b − confidence_b| over bins that are not empty, each as heavy: netcal's ACE. */
export function averageGap(bins: readonly Bin[]): number {
  const full = bins.filter(({ count }) => count > 0);
  return full.reduce((sum, bin) => sum + Math.abs(bin.accuracy - bin.confidence), 0) / full.length;
}

/** Σ_b n_b / N · (accuracy_b − confidence_b)²: what `debiasedSquaredGap` corrects. */
export const squaredGap = (bins: readonly Bin[]): number =>
  weigh(bins, ({ accuracy, confidence }) => (accuracy - confidence) ** 2);

/**
 * Σ_b n_b / N · [(accuracy_b − confidence_b)² − accuracy_b (1 − accuracy_b) / (n_b − 1)]: chance alone makes the square
 * too large, by the variance of accuracy_b, and that is taken off (Kumar, Liang & Ma 2019). May be below 0 where there
 * is nothing but chance; a bin of one window says nothing and counts as 0.
 */
export const debiasedSquaredGap = (bins: readonly Bin[]): number =>
  weigh(bins, ({ count, accuracy, confidence }) =>
    count < 2 ? 0 : (accuracy - confidence) ** 2 - (accuracy * (1 - accuracy)) / (count - 1),
  );

function weigh(bins: readonly Bin[], gap: (bin: Bin) => number): number {
  const full = bins.filter(({ count }) => count > 0);
  const windows = full.reduce((sum, { count }) => sum + count, 0);
  return full.reduce((sum, bin) => sum + bin.count * gap(bin), 0) / windows;
}
