/** A fitted correction of probabilities that remembers whom it was fitted on, and refuses to be judged on them. */
import type { CalibrationAnswers, TestAnswers } from "./answers";
import type { ClassTable } from "./class-table";
import { logitLoss, logLoss } from "./log-loss";

/** What may not be on both sides. New people are new subjects; a split inside people has new windows only. */
export type Apart = "subjects" | "windows";

export interface FitOptions {
  /** "subjects" unless told. */
  readonly apart?: Apart;
}

export interface Calibrator {
  readonly name: string;
  /** What was fitted, by name. */
  readonly parameters: Readonly<Record<string, number | readonly number[]>>;
  readonly fittedOn: {
    readonly windows: ReadonlySet<number>;
    readonly subjects: readonly string[];
    /** Mean negative log-likelihood there; never worse after. */
    readonly lossBefore: number;
    readonly lossAfter: number;
    /** Classes that were there. */
    readonly classes: readonly number[];
  };
  /**
   * [window, class]
   *
   * @throws where a window, or unless told otherwise a subject, was fitted on
   */
  probabilities(answers: TestAnswers): ClassTable;
}

interface Correction {
  readonly name: string;
  readonly parameters: Calibrator["parameters"];
  /** [window, class] of logits → of probabilities */
  readonly correct: (logits: ClassTable) => ClassTable;
}

/** @throws where the correction makes the set that it was fitted on worse: its optimiser has failed */
export function calibratorOf(
  answers: CalibrationAnswers,
  { name, parameters, correct }: Correction,
  { apart = "subjects" }: FitOptions = {},
): Calibrator {
  const windows = new Set(answers.windows);
  const subjects = [...new Set(answers.subjects)];
  const lossBefore = logitLoss(answers.logits, answers.labels);
  const lossAfter = logLoss(correct(answers.logits), answers.labels);
  // a mean of n losses is rounded in about its last √n places
  if (!(lossAfter <= lossBefore + 1e-12 * Math.max(1, lossBefore)))
    throw new Error(
      `${name}: expected a loss of at most ${lossBefore} on the windows that it was fitted on, got ${lossAfter}; scale the logits down`,
    );
  return {
    ...{ name, parameters },
    fittedOn: {
      ...{ windows, subjects, lossBefore, lossAfter },
      classes: [...new Set(answers.labels)].sort((a, b) => a - b),
    },
    probabilities(asked) {
      refuse(name, asked, windows, apart === "subjects" ? subjects : []);
      return correct(asked.logits);
    },
  };
}

/** @throws where one of these windows or subjects is asked about */
export function refuse(
  who: string,
  { windows, subjects }: Pick<TestAnswers, "windows" | "subjects">,
  fitted: ReadonlySet<number>,
  people: readonly string[],
): void {
  const shared = windows.filter((window) => fitted.has(window)).length;
  if (shared > 0)
    throw new Error(
      `${who}: expected windows that it was not fitted on, got ${shared} of ${windows.length} that it was; ask about the fold's test`,
    );
  const known = [...new Set(subjects)].filter((subject) => people.includes(subject));
  if (known.length > 0)
    throw new Error(
      `${who}: expected people that it was not fitted on, got ${known.join(", ")}; split by subject, or fit with apart: "windows"`,
    );
}

/** @throws of no windows */
export function checkFitted(who: string, { labels }: CalibrationAnswers): void {
  if (labels.length === 0)
    throw new Error(
      `${who}: expected windows to fit on, got none; take a split that keeps some back for calibration`,
    );
}
