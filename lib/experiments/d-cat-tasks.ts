/** A study's trainings, each once, in an order that may be broken off. */
import type { Profile } from "../workspace";
import type { Asked } from "./d-cat-asked";
import { type DCatDataName, learnerFor, type Task } from "./d-cat-design";
import { type DCatDefinition, type DCatName, dCatStudies } from "./d-cat-questions";

/** Folds of each split; a small run takes the first, in which two people of eight are asked. */
const foldsOf = (split: Task["split"], profile: Profile): readonly number[] =>
  split === "id" || profile === "tiny" ? [0] : [0, 1, 2, 3];

/**
 * The trainings of a study, each once, in an order that may be broken off: the core on the first fold of each split, then on
 * the others; all else on the first folds, then on the others; last a second seed.
 */
export function tasksOf(name: DCatName, profile: Profile): Task[] {
  const definition: DCatDefinition = dCatStudies[name];
  const known = definition.beyond ? tasksOf(definition.beyond as DCatName, profile) : [];
  const found = new Map<string, { readonly task: Task; readonly turn: number }>();
  for (const data of definition.data)
    for (const asked of definition.asked[data] ?? [])
      for (const task of tasksFor(data, asked, profile)) {
        const turn = turnOf(task, asked);
        const key = JSON.stringify(task);
        if (turn < (found.get(key)?.turn ?? Infinity)) found.set(key, { task, turn });
      }
  for (const task of known) found.delete(JSON.stringify(task));
  return [...found.values()].sort((a, b) => a.turn - b.turn).map(({ task }) => task);
}

function tasksFor(data: DCatDataName, asked: Asked, profile: Profile): Task[] {
  const { target, method, splits = ["ood", "id"], seeds = [1] } = asked;
  const fitness: Task["fitness"] = { target: "fitted", source: "fitted", ...asked.fitness };
  const learners = {
    learner: learnerFor(data, fitness.target, profile),
    sourceLearner: learnerFor(data, fitness.source, profile),
  };
  return seeds.flatMap((seed) =>
    splits.flatMap((split) =>
      foldsOf(split, profile).map((fold) => ({
        data,
        split,
        fold,
        seed,
        target,
        method,
        ...learners,
        fitness,
      })),
    ),
  );
}

const turnOf = ({ seed, fold }: Task, { isCore = false }: Asked): number =>
  seed > 1 ? 4 : (isCore ? 0 : 2) + (fold > 0 ? 1 : 0);
