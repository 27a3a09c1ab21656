/** What a model answered to known windows, and which part of a fold they are: who calibrates is never who is asked. */
import { checkLabels, type ClassTable, pickWindows } from "./class-table";

interface Answers {
  readonly logits: ClassTable;
  /** [window], class ids */
  readonly labels: Int32Array;
  /** [window]: numbers in the data set. */
  readonly windows: Int32Array;
  /** [window] */
  readonly subjects: readonly string[];
}

/** To fit on. A function that fits takes no others. */
export interface CalibrationAnswers extends Answers {
  readonly part: "calibration";
}

/** To be judged on. */
export interface TestAnswers extends Answers {
  readonly part: "test";
}

/** @throws unless all are of the same windows, each of which is there once */
export const calibrationAnswers = (answers: Answers): CalibrationAnswers => ({
  ...checked("calibrationAnswers", answers),
  part: "calibration",
});

/** @throws as `calibrationAnswers` */
export const testAnswers = (answers: Answers): TestAnswers => ({
  ...checked("testAnswers", answers),
  part: "test",
});

/** Those of some windows, such as of one subject. */
export function pickAnswers<A extends Answers>(answers: A, isWanted: (window: number) => boolean): A {
  const chosen = Array.from(answers.labels.keys()).filter(isWanted);
  return {
    ...answers,
    logits: pickWindows(answers.logits, chosen),
    labels: Int32Array.from(chosen, (i) => answers.labels[i]!),
    windows: Int32Array.from(chosen, (i) => answers.windows[i]!),
    subjects: chosen.map((i) => answers.subjects[i]!),
  };
}

function checked(who: string, { logits, labels, windows, subjects }: Answers): Answers {
  checkLabels(who, logits, labels);
  if (windows.length !== labels.length || subjects.length !== labels.length)
    throw new Error(
      `${who}: expected a number and a subject for each of ${labels.length} windows, got ${windows.length} and ${subjects.length}; take all from the same part of a fold`,
    );
  if (new Set(windows).size !== windows.length)
    throw new Error(
      `${who}: expected each window once, got ${windows.length - new Set(windows).size} twice; take the answers of one run`,
    );
  return { logits, labels, windows, subjects };
}
