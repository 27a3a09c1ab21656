/** Every way to say who trains and who is tested, by the name that experiments use. */
import { fixedSubjects } from "../data/fixed-subjects";
import type { Fold } from "../data/fold";
import { leaveOneSubjectOut } from "../data/leave-one-subject-out";
import { optimismFolds } from "../data/optimism-folds";
import { randomWindows } from "../data/random-windows";
import { subjectGroups } from "../data/subject-groups";
import { trialsInOrder } from "../data/trials-in-order";
import type { Windows } from "../data/windows";

/** What a split needs beside its windows, as an experiment writes it; each takes its own. */
interface SplitRequest {
  readonly kind: string;
  readonly exclude?: readonly string[] | undefined;
  readonly stop?: readonly string[] | undefined;
  readonly test?: readonly string[] | undefined;
  readonly groups?: number | undefined;
  readonly heldOut?: readonly string[] | undefined;
  readonly holdBack?: boolean | undefined;
}

export type SplitWindows = (windows: Windows, request: SplitRequest, seed: number) => Fold[];

export const splits = {
  /** Each subject held out in turn; other subjects for stopping and calibration. */
  "leave-one-subject-out": (windows, { exclude = [], heldOut, holdBack = true }, seed) =>
    leaveOneSubjectOut(windows, { seed, exclude, holdBack }).filter(
      (fold) => heldOut?.includes(fold.heldOut) ?? true,
    ),
  /** The same test windows under three ways of choosing whom to learn from. */
  optimism: (windows, { exclude = [] }, seed) => optimismFolds(windows, { seed, exclude }),
  /** One fold, whose subjects are named; all others train. */
  "fixed-subjects": (windows, { stop = [], test = [] }) => fixedSubjects(windows, { stop, test }),
  /** A group of subjects held out at a time, and two of the others for stopping and calibration. */
  "subject-groups": (windows, { exclude = [], groups = 4 }, seed) =>
    subjectGroups(windows, { seed, exclude, groups }),
  /** Windows dealt at random: the published protocol, whose leak is what it shows. */
  random: (windows, _, seed) => randomWindows(windows, { seed }),
  /** Each person's first trials of a class are learned, the last ones asked. */
  "trials-in-order": (windows) => trialsInOrder(windows),
} as const satisfies Record<string, SplitWindows>;
