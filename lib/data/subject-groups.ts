/** The split that holds a group of people out at a time: fewer trainings than leaving out one, and still new people. */
import { randomFor } from "../random";
import type { Fold } from "./fold";
import { chooseHeldBack, subjectsOf, type SubjectOptions, windowsOfSubject } from "./leave-one-subject-out";
import { makeFold } from "./make-fold";
import type { Windows } from "./windows";

export interface GroupOptions extends SubjectOptions {
  readonly groups: number;
}

/**
 * Deals the subjects into groups whose sizes differ by one at most; fold g tests the g-th group.
 *
 * Of the others one is kept back for stopping and one for calibration, as `leaveOneSubjectOut` does.
 */
export function subjectGroups(windows: Windows, options: GroupOptions): Fold[] {
  const { groups, seed, holdBack = true } = options;
  const subjects = subjectsOf(windows, options.exclude);
  const least = holdBack ? 3 : 1; // beside a group: who trains, who stops, who calibrates
  if (!(Number.isInteger(groups) && groups >= 2 && subjects.length - Math.ceil(subjects.length / groups) >= least))
    throw new Error(
      `subjectGroups: expected 2 or more groups with ${least} or more subjects beside each, got ${groups} of [${subjects.join(", ")}]; ask for other groups or load more files`,
    );
  const order = Array.from(randomFor(seed, "subject groups").permutation(subjects.length), (i) => subjects[i]!);
  return Array.from({ length: groups }, (_, g) => {
    const tested = subjects.filter((s) => order.indexOf(s) % groups === g);
    const others = subjects.filter((s) => !tested.includes(s));
    const heldOut = `group ${g + 1} of ${groups}: ${tested.join(", ")}`;
    const back = holdBack ? chooseHeldBack(windows, others, options, randomFor(seed, "subject groups", heldOut)) : undefined;
    const of = (some: readonly string[]): number[] => some.flatMap((s) => windowsOfSubject(windows, s));
    const parts = {
      train: of(others.filter((s) => s !== back?.stop && s !== back?.calibration)),
      stop: back ? of([back.stop]) : [],
      calibration: back ? of([back.calibration]) : [],
      test: of(tested),
    };
    return makeFold(windows, { split: "subject groups", heldOut }, parts, options);
  });
}
