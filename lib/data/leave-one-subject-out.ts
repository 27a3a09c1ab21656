/** The split that keeps every person on one side. */
import { type Random, randomFor } from "../random";
import type { Fold } from "./fold";
import { makeFold, type FoldOptions } from "./make-fold";
import { classesIn, namedClasses } from "./strata";
import type { Windows } from "./windows";

export interface SubjectOptions extends FoldOptions {
  readonly seed: number;
  /** Subjects that take no part at all: PAMAP2's 109 did one activity only. */
  readonly exclude?: readonly string[];
  /** Keep one subject back for early stopping and another for calibration? Yes, if not given. */
  readonly holdBack?: boolean;
}

/**
 * One fold for each subject, in the order in which subjects first appear.
 *
 * The two subjects held back are chosen, in this order, so that training keeps every class, that few classes are left
 * to a single training subject, that the two lack few classes; the seed decides between equals.
 */
export function leaveOneSubjectOut(windows: Windows, options: SubjectOptions): Fold[] {
  const subjects = subjectsOf(windows, options.exclude);
  const { holdBack = true } = options;
  const least = holdBack ? 4 : 2;
  if (subjects.length < least)
    throw new Error(
      `leaveOneSubjectOut: expected ${least} or more subjects, got [${subjects.join(", ")}]; load more files${holdBack ? ", or pass holdBack: false" : ""}`,
    );
  const windowsOf = new Map(subjects.map((s) => [s, windowsOfSubject(windows, s)]));
  return subjects.map((heldOut) => {
    const others = subjects.filter((s) => s !== heldOut);
    const random = randomFor(options.seed, "leave one subject out", heldOut);
    const back = holdBack ? chooseHeldBack(windows, others, options, random) : undefined;
    const parts = {
      train: others.filter((s) => s !== back?.stop && s !== back?.calibration).flatMap((s) => windowsOf.get(s)!),
      stop: back ? windowsOf.get(back.stop) : [],
      calibration: back ? windowsOf.get(back.calibration) : [],
      test: windowsOf.get(heldOut),
    };
    return makeFold(windows, { split: "leave-one-subject-out", heldOut }, parts, options);
  });
}

/** In the order in which they first appear. */
export function subjectsOf(windows: Pick<Windows, "subject">, exclude: readonly string[] = []): string[] {
  const all = [...new Set(windows.subject)];
  const unknown = exclude.filter((s) => !all.includes(s));
  if (unknown.length > 0)
    throw new Error(
      `subjectsOf: expected to exclude some of [${all.join(", ")}], got ${unknown.join(", ")}; correct exclude`,
    );
  return all.filter((s) => !exclude.includes(s));
}

export function windowsOfSubject({ subject }: Pick<Windows, "subject">, wanted: string): number[] {
  return subject.flatMap((s, window) => (s === wanted ? [window] : []));
}

export interface HeldBack {
  readonly stop: string;
  readonly calibration: string;
}

/** Two of these subjects: training keeps every class, few classes are left to one subject, the two lack few. */
export function chooseHeldBack(
  windows: Windows,
  others: readonly string[],
  options: FoldOptions,
  random: Random,
): HeldBack {
  const classesOf = new Map(others.map((s) => [s, classesIn(windows, windowsOfSubject(windows, s))]));
  return choosePair(others, classesOf, options.classes ?? namedClasses(windows), random.permutation(others.length));
}

function choosePair(
  others: readonly string[],
  classesOf: ReadonlyMap<string, ReadonlySet<string>>,
  wanted: readonly string[],
  order: Int32Array,
): HeldBack {
  const has = (subject: string, name: string): boolean => classesOf.get(subject)!.has(name);
  const total = new Map(wanted.map((name) => [name, others.filter((s) => has(s, name)).length]));
  let best: { pair: HeldBack; cost: readonly number[] } | undefined;
  for (const a of order)
    for (const b of order) {
      if (a === b) continue;
      const pair = { stop: others[a]!, calibration: others[b]! };
      const held = Object.values(pair);
      const left = wanted.map((name) => total.get(name)! - held.filter((s) => has(s, name)).length);
      const lacks = held.map((s) => wanted.filter((name) => !has(s, name)).length);
      const cost = [
        left.filter((n) => n === 0).length,
        left.filter((n) => n === 1).length,
        lacks.reduce((sum, n) => sum + n ** 2, 0), // squared: one class each rather than two of one
      ];
      if (!best || isLess(cost, best.cost)) best = { pair, cost };
    }
  return best!.pair;
}

/** In the order of a dictionary. */
function isLess(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((x, i) => x !== b[i]);
  return at >= 0 && a[at]! < b[at]!;
}
