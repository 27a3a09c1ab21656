/** What an experiment compares: its own results, those from more seeds, and those that it borrows; on the same folds. */
import { experiment, type ExperimentName } from "./experiment";
import type { Result } from "./result";

/**
 * Of a borrowed experiment only the presets and seeds that are compared here.
 *
 * @param read the results of an experiment: `readResults` of a folder, `keptResults` in a notebook
 * @throws where one of another experiment has other windows than the experiment's own
 */
export function comparedResults(
  name: ExperimentName,
  read: (name: ExperimentName) => readonly Result[],
): Result[] {
  const { beside = {}, moreSeeds, seeds } = experiment(name);
  const own = read(name);
  const borrowed = Object.entries(beside).flatMap(([other, presets]) =>
    read(other as ExperimentName).filter(
      ({ presetName, seed }) => presets.includes(presetName) && seeds.includes(seed),
    ),
  );
  const more = moreSeeds ? read(moreSeeds as ExperimentName) : [];
  const tests = new Map(own.map((result) => [foldOf(result), result.fold.test]));
  for (const result of [...borrowed, ...more])
    if (tests.size > 0 && tests.get(foldOf(result)) !== result.fold.test)
      throw new Error(
        `comparedResults: expected ${result.presetName} of ${result.experiment} on the folds of ${name}, got ${foldOf(result)} with ${result.fold.test} windows; borrow from an experiment on the same windows and split`,
      );
  return [...borrowed, ...own, ...more];
}

const foldOf = ({ fold }: Result): string => `${fold.split}, held out ${fold.heldOut}`;
