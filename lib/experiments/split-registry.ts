/** Every way to say who trains and who is tested, by the name that experiments use. */
import { fixedSubjects } from "../data/fixed-subjects";
import type { Fold } from "../data/fold";
import { leaveOneSubjectOut } from "../data/leave-one-subject-out";
import { optimismFolds } from "../data/optimism-folds";
import { subjectGroups } from "../data/subject-groups";
import type { Windows } from "../data/windows";

/** What a split needs beside its windows, as an experiment writes it; each takes its own. */
interface SplitRequest {
  readonly exclude?: readonly string[] | undefined;
  readonly stop?: readonly string[] | undefined;
  readonly test?: readonly string[] | undefined;
  readonly groups?: number | undefined;
}

export type SplitWindows = (windows: Windows, request: SplitRequest, seed: number) => Fold[];

export const splits = {
  /** Each subject held out in turn; other subjects for stopping and calibration. */
  "leave-one-subject-out": (windows, { exclude = [] }, seed) =>
    leaveOneSubjectOut(windows, { seed, exclude }),
  /** The same test windows under three ways of choosing whom to learn from. */
  optimism: (windows, { exclude = [] }, seed) => optimismFolds(windows, { seed, exclude }),
  /** One fold, whose subjects are named; all others train. */
  "fixed-subjects": (windows, { stop = [], test = [] }) => fixedSubjects(windows, { stop, test }),
  /** A group of subjects held out at a time, and two of the others for stopping and calibration. */
  "subject-groups": (windows, { exclude = [], groups = 4 }, seed) =>
    subjectGroups(windows, { seed, exclude, groups }),
} as const satisfies Record<string, SplitWindows>;
