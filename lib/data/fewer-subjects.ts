/** The same fold with fewer people to learn from: does it help to have recorded more? */
import { randomFor } from "../random";
import type { Fold } from "./fold";
import { makeFold } from "./make-fold";
import { classesIn } from "./strata";
import type { Windows } from "./windows";

/**
 * Keeps the training windows of `subjects` people. Who stays is drawn by the seed and the held-out subject, but first come
 * those who bring the most classes that are still lacking; fewer people are always among those who stay of more.
 *
 * @throws where those who stay lack a class, naming it, or there are not as many
 */
export function fewerSubjects(windows: Windows, fold: Fold, subjects: number, seed: number): Fold {
  const own = new Map<string, number[]>();
  for (const window of fold.train)
    own.set(windows.subject[window]!, [...(own.get(windows.subject[window]!) ?? []), window]);
  if (!(subjects >= 1 && subjects <= own.size))
    throw new Error(
      `fewerSubjects: expected 1 to ${own.size} of the training subjects of ${fold.heldOut}, got ${subjects}; hold fewer people back`,
    );
  const names = [...own.keys()];
  const random = randomFor(seed, "training subjects", fold.heldOut);
  let waiting = Array.from(random.permutation(names.length), (i) => names[i]!);
  const staying: string[] = [];
  const seen = new Set<string>();
  while (staying.length < subjects) {
    const brings = (name: string): number =>
      [...classesIn(windows, own.get(name)!)].filter((label) => !seen.has(label)).length;
    const next = waiting.reduce((best, name) => (brings(name) > brings(best) ? name : best));
    staying.push(next);
    classesIn(windows, own.get(next)!).forEach((label) => seen.add(label));
    waiting = waiting.filter((name) => name !== next);
  }
  const train = fold.train.filter((window) => staying.includes(windows.subject[window]!));
  return makeFold(windows, fold, { ...fold, train });
}
