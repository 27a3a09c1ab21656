/** Who calibrates whom: the answers of a run as pairs of windows to fit on and windows to be asked about. */
import {
  calibrationAnswers,
  type CalibrationAnswers,
  testAnswers,
  type TestAnswers,
} from "../calibration/answers";
import type { Apart } from "../calibration/calibrator";
import { type ClassTable, classTable, pickWindows } from "../calibration/class-table";
import type { KeptLogits } from "./logits-file";

export interface CalibrationFit {
  /** Answers with each set of sensors, to the same windows; in the order of the run's subsets. */
  readonly fit: readonly CalibrationAnswers[];
  readonly ask: readonly TestAnswers[];
  readonly apart: Apart;
}

export type FittedOn = "people kept for it" | "other test people" | "windows kept for it" | "nobody";

/** Splits in which the same person is on both sides. */
const insidePeople = ["random", "blocked", "trials in order"];

/**
 * Where the fold keeps windows for calibration, those are fitted on. Where it keeps none but has several test people, each
 * person is asked about by what was fitted on the others: people who were not trained on either, but whose labels a user of
 * the model would need. Where neither is there, nothing is fitted.
 */
export function calibrationFits(
  { parts, subsets }: KeptLogits,
  split: string,
): { readonly fittedOn: FittedOn; readonly fits: readonly CalibrationFit[] } {
  const apart: Apart = insidePeople.includes(split) ? "windows" : "subjects";
  const tables = subsets.map(({ test }) => classTable(test));
  const { test, calibration } = parts;
  const rows = (table: ClassTable, chosen: readonly number[]) => ({
    logits: pickWindows(table, chosen),
    labels: Int32Array.from(chosen, (i) => test.labels[i]!),
    windows: Int32Array.from(chosen, (i) => test.windows[i]!),
    subjects: chosen.map((i) => test.subjects[i]!),
  });
  const all = Array.from(test.labels.keys());
  if (calibration.labels.length > 0)
    return {
      fittedOn: apart === "windows" ? "windows kept for it" : "people kept for it",
      fits: [
        {
          fit: subsets.map((subset) =>
            calibrationAnswers({ ...calibration, logits: classTable(subset.calibration) }),
          ),
          ask: tables.map((table) => testAnswers(rows(table, all))),
          apart,
        },
      ],
    };
  const people = [...new Set(test.subjects)];
  if (apart === "windows" || people.length < 2)
    return {
      fittedOn: "nobody",
      fits: [{ fit: [], ask: tables.map((table) => testAnswers(rows(table, all))), apart }],
    };
  return {
    fittedOn: "other test people",
    fits: people.map((person) => {
      const [own, others] = [true, false].map((is) =>
        all.filter((i) => (test.subjects[i] === person) === is),
      );
      return {
        fit: tables.map((table) => calibrationAnswers(rows(table, others!))),
        ask: tables.map((table) => testAnswers(rows(table, own!))),
        apart,
      };
    }),
  };
}
