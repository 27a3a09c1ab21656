/** The split that most papers publish: windows drawn at random, whoever they are of. It leaks where windows overlap. */
import { randomFor } from "../random";
import { dealStratified } from "./draw";
import type { Fold } from "./fold";
import { makeFold, type FoldOptions } from "./make-fold";
import { strataOf } from "./strata";
import type { Windows } from "./windows";

export interface RandomOptions extends FoldOptions {
  readonly seed: number;
  /** Shares of all windows; 0.7 / 0.15 / 0 / 0.15 if not given. */
  readonly train?: number;
  readonly stop?: number;
  readonly calibration?: number;
  readonly test?: number;
}

/** One fold, each class in proportion. The leak audit says how many test windows training has half seen. */
export function randomWindows(windows: Windows, options: RandomOptions): Fold[] {
  const random = randomFor(options.seed, "random windows");
  const sizes = randomSizes(windows.count, options);
  const all = Int32Array.from({ length: windows.count }, (_, i) => i);
  const [train, test, calibration, stop] = dealStratified(
    all,
    strataOf(windows),
    [sizes.train, sizes.test, sizes.calibration, sizes.stop],
    random,
  );
  const parts = { train: train!, stop: stop!, calibration: calibration!, test: test! };
  return [makeFold(windows, { split: "random", heldOut: "random" }, parts, options)];
}

/**
 * Sizes as scikit-learn's train_test_split rounds them, called twice: what is held out is rounded up, and so is
 * the test part of it.
 */
export function randomSizes(
  count: number,
  { train = 0.7, stop = 0.15, calibration = 0, test = 0.15 }: Omit<RandomOptions, "seed"> = {},
): { train: number; stop: number; calibration: number; test: number } {
  const held = Math.ceil(count * (1 - train));
  const tested = Math.ceil((held * test) / (stop + calibration + test));
  const calibrated = stop + calibration > 0 ? Math.floor(((held - tested) * calibration) / (stop + calibration)) : 0;
  return { train: count - held, stop: held - tested - calibrated, calibration: calibrated, test: tested };
}
