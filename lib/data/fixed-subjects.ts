/** One fold whose subjects somebody has named, as when results are compared with a paper's. */
import type { Fold } from "./fold";
import { subjectsOf, windowsOfSubject } from "./leave-one-subject-out";
import { makeFold, type FoldOptions } from "./make-fold";
import type { Windows } from "./windows";

export interface FixedOptions extends FoldOptions {
  /** All who are not named elsewhere, if not given. */
  readonly train?: readonly string[];
  readonly stop?: readonly string[];
  readonly calibration?: readonly string[];
  readonly test: readonly string[];
}

/** @throws if a subject is unknown or stands in two parts */
export function fixedSubjects(windows: Windows, options: FixedOptions): Fold[] {
  const { stop = [], calibration = [], test } = options;
  const held = [...stop, ...calibration, ...test];
  const all = subjectsOf(windows);
  const train = options.train ?? all.filter((s) => !held.includes(s));
  const named = [...train, ...held];
  const wrong = named.find((s, i) => !all.includes(s) || named.indexOf(s) !== i);
  if (wrong !== undefined)
    throw new Error(
      `fixedSubjects: expected each of [${all.join(", ")}] in one part at most, got ${wrong} ${all.includes(wrong) ? "twice" : "unknown"}; correct the lists`,
    );
  const of = (subjects: readonly string[]): number[] => subjects.flatMap((s) => windowsOfSubject(windows, s));
  const parts = { train: of(train), stop: of(stop), calibration: of(calibration), test: of(test) };
  return [makeFold(windows, { split: "fixed subjects", heldOut: test.join(", ") }, parts, options)];
}
