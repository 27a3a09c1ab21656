/** Windows like nothing that a model has learned, and what it says to them. */
import { type ClassTable, classTable } from "./calibration/class-table";
import type { Fault } from "./data/fault";
import { withFault } from "./data/with-fault";
import type { CalibratedExperiment } from "./experiments/calibration-study";
import type { Result } from "./experiments/result";
import { trainedModel } from "./notebook";
import { unseenWindows } from "./notebook-calibration";
import { predictor } from "./train/predict";
import type { Workspace } from "./workspace";

export interface Strange {
  /** Logits of the fold's test windows, as they are. */
  readonly known: ClassTable;
  /** Of the same people at activities that were never learned. */
  readonly unseen: ClassTable;
  /** Of the test windows with one sensor failing in silence, fault by fault. */
  readonly failed: readonly { readonly fault: Fault; readonly logits: ClassTable }[];
}

export interface StrangeOptions {
  /** PAMAP2's numbers. */
  readonly activities: readonly number[];
  readonly faults: readonly Fault[];
  /** Of the faults. */
  readonly seed: number;
}

/**
 * Asks a trained model about what it knows and what it does not.
 *
 * @param result of `calibrateHere`, which keeps the models
 */
export async function strangeHere(
  name: CalibratedExperiment,
  result: Pick<Result, "key" | "classes">,
  { activities, faults, seed }: StrangeOptions,
  place: Workspace,
): Promise<Strange> {
  const others = await unseenWindows(name, activities, place);
  const { model, untrained, scaler, windows, fold } = await trainedModel(name, result, place);
  const predict = predictor(model, scaler);
  try {
    const people = new Set(Array.from(fold.test, (w) => windows.subject[w]!));
    const theirs = Array.from({ length: others.count }, (_, w) => w).filter((w) =>
      people.has(others.subject[w]!),
    );
    const known = classTable(await predict(windows, fold.test));
    const unseen = classTable(await predict(others, theirs));
    const failed: { fault: Fault; logits: ClassTable }[] = [];
    for (const fault of faults) {
      const broken = withFault(windows, fold.test, fault, { scaler, seed });
      failed.push({ fault, logits: classTable(await predict(broken, fold.test)) });
    }
    return { known, unseen, failed };
  } finally {
    predict.dispose();
    model.dispose();
    untrained.dispose();
  }
}
