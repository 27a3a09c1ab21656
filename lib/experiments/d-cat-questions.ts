/** Which trainings answer which question: plain data. */
import type { Profile } from "../workspace";
import { dCat, type DCatDataName, type Fitness, learnerFor, type Method, type Task, type Transfer } from "./d-cat-design"; // prettier-ignore

/** Trainings that differ from one another in one respect. */
interface Asked {
  readonly target: string;
  readonly method: Method;
  readonly fitness?: Partial<Task["fitness"]>;
  readonly splits?: readonly Task["split"][];
  readonly seeds?: readonly number[];
  /** Wanted before all others: what the first table is made of. */
  readonly isCore?: boolean;
}

export interface DCatDefinition {
  readonly data: readonly DCatDataName[];
  /** The study whose trainings are not made once more: its results are read beside these. */
  readonly beyond?: string;
  readonly asked: Readonly<Partial<Record<DCatDataName, readonly Asked[]>>>;
}

type Change = Partial<Omit<Transfer, "kind" | "sources">>;

const alone = (...sensors: readonly string[]): Asked[] =>
  sensors.map((target) => ({ target, method: { kind: "alone" } }));
const both = (source: string, target: string): Asked => ({
  target,
  method: { kind: "both", sources: [source] },
});
const transfer = (sources: string | readonly string[], target: string, change: Change = {}): Asked => ({
  target,
  method: { ...dCat, ...change, sources: typeof sources === "string" ? [sources] : [...sources] },
});
const withSeeds = (asked: readonly Asked[], ...seeds: readonly number[]): Asked[] =>
  asked.map((one) => ({ ...one, seeds }));
const core = (asked: readonly Asked[]): Asked[] => asked.map((one) => ({ ...one, isCore: true }));
const outOfDistribution = (asked: readonly Asked[]): Asked[] =>
  asked.map((one) => ({ ...one, splits: ["ood"] }));

/** What S_A holds, and how else it may be told: each on the pairs of D-CAT. */
const rivals = (source: string, target: string, base: Change): Asked[] => [
  ...(["logits", "feature", "gram", "sequence"] as const).map((align) =>
    transfer(source, target, { ...base, align }),
  ),
  ...(["shuffled within class", "shuffled over everything", "another class", "class mean"] as const).map(
    (kind) => transfer(source, target, { ...base, pairing: { kind } }),
  ),
  transfer(source, target, { ...base, map: true }),
  transfer(source, target, { ...base, start: "alone" }),
  transfer(source, target, { ...base, blocks: 4 }),
];

const sweep = (source: string, target: string, lambdas: readonly number[], change: Change): Asked[] =>
  (["in-fold", "off"] as const).flatMap((gate) =>
    lambdas.map((lambda) => transfer(source, target, { ...change, lambda, gate })),
  );

const remedies = ["over-fitted, best epoch", "over-fitted, dropout", "over-fitted, weight decay"] as const;

/** Over-fitted sources and targets crossed, then what may mend an over-fitted target. */
function fitnessOf(source: string, target: string, base: Change): Asked[] {
  const asked = (fitness: Partial<Task["fitness"]>, method: Method): Asked => ({ target, method, fitness });
  const { method } = transfer(source, target, base);
  return [
    asked({ source: "over-fitted" }, method),
    ...(["over-fitted", ...remedies] as const).flatMap((fitness) => [
      asked({ target: fitness }, { kind: "alone" }),
      asked({ target: fitness }, method),
    ]),
    asked({ target: "over-fitted", source: "over-fitted" }, method),
  ];
}

/** The same remedies at the source. */
const mendedSources = (source: string, target: string, base: Change): Asked[] =>
  remedies.map((fitness) => ({ ...transfer(source, target, base), fitness: { source: fitness } }));

/** Sources that know less, or too well what they have seen, under each gate. */
const gatesOf = (source: string, target: string, base: Change): Asked[] =>
  (["fitted", "over-fitted", "under-trained"] as const).flatMap((fitness: Fitness) =>
    (["in-fold", "out-of-fold", "off"] as const).map((gate) => ({
      ...transfer(source, target, { ...base, gate }),
      fitness: { source: fitness },
    })),
  );

const shifts = (source: string, target: string): Asked[] =>
  [1, 2, 3, 4].map((strides) => transfer(source, target, { pairing: { kind: "shifted", strides } }));

const allPairs = (sensors: readonly string[]): (readonly [string, string])[] =>
  sensors.flatMap((a) => sensors.filter((b) => b !== a).map((b) => [a, b] as const));

const lambdas = [0.1, 0.3, 1, 3, 10] as const;
const unit: Change = { normalisation: "unit_frobenius" };
const byT: Change = { normalisation: "by_T" };
const imus = ["hand", "chest", "ankle", "heart"] as const;

const firstOf = (pairs: readonly (readonly [string, string])[], base: Change): Asked[] => [
  ...alone(...new Set(pairs.flat())),
  ...pairs.flatMap(([a, b]) => [transfer(a, b, base), transfer(a, b, unit), both(a, b)]),
];

/** Questions 2 and 3, then all that is asked of one direction. */
const manyOf = (source: string, target: string, base: Change): Asked[] => [
  transfer(source, target, { ...base, lambda: 0.3 }),
  ...fitnessOf(source, target, base),
  ...gatesOf(source, target, base),
  ...rivals(source, target, base),
  ...sweep(source, target, lambdas, base),
  ...sweep(source, target, lambdas, unit),
  ...mendedSources(source, target, base),
];

export const dCatStudies = {
  /** All questions where the answer is known: nothing can lift `poor` above its ceiling. */
  "d-cat-simulated": {
    data: ["shared-private"],
    asked: {
      "shared-private": [
        ...alone("rich", "second", "poor"),
        ...[
          transfer("rich", "poor"),
          transfer("rich", "poor", unit),
          transfer("poor", "rich"),
          both("rich", "poor"),
        ],
        ...outOfDistribution([
          transfer("rich", "poor", { lambda: 0.1 }),
          ...sweep("rich", "poor", [1, 10], {}),
          transfer("rich", "poor", { ...unit, lambda: 10 }),
          ...rivals("rich", "poor", {}),
          ...[0.5, 0.25, 0.1].map((share) => transfer("rich", "poor", { pairing: { kind: "share", share } })),
          transfer("second", "poor"),
          transfer("second", "poor", { gate: "off" }),
          ...(["sum", "mean", "learned"] as const).map((combination) =>
            transfer(["rich", "second"], "poor", { combination }),
          ),
          ...fitnessOf("rich", "poor", {}),
          ...gatesOf("rich", "poor", {}),
        ]),
      ],
    },
  },
  /** Three directions, one seed: what can be had of real sensors in minutes. */
  "d-cat-first": {
    data: ["utd-mhad", "sp-sw-har"],
    asked: {
      "utd-mhad": firstOf([["skeleton", "inertial"], ["inertial", "skeleton"]], byT), // prettier-ignore
      "sp-sw-har": firstOf([["phone", "watch"]], {}),
    },
  },
  /** Questions 1 to 4 and 7; where the two sensors share neither clock nor length. */
  "d-cat-utd-mhad": {
    data: ["utd-mhad"],
    beyond: "d-cat-first",
    asked: {
      "utd-mhad": [
        ...manyOf("skeleton", "inertial", byT),
        ...manyOf("inertial", "skeleton", byT),
        ...withSeeds(
          [
            ...alone("inertial", "skeleton"),
            ...allPairs(["inertial", "skeleton"]).flatMap(([a, b]) =>
              [1, 0.3].map((lambda) => transfer(a, b, { ...byT, lambda })),
            ),
          ],
          2,
        ),
      ],
    },
  },
  /** Question 4 above all: windows of 2.56 s, shifted by quarters. */
  "d-cat-sp-sw-har": {
    data: ["sp-sw-har"],
    beyond: "d-cat-first",
    asked: {
      "sp-sw-har": [
        ...core([transfer("watch", "phone"), both("watch", "phone")]),
        ...shifts("phone", "watch"),
        ...rivals("phone", "watch", {}),
        transfer("phone", "watch", { gate: "out-of-fold" }),
        ...sweep("phone", "watch", lambdas, {}),
        ...sweep("phone", "watch", lambdas, unit),
        transfer("watch", "phone", { lambda: 0.3 }),
        transfer("watch", "phone", { gate: "off" }),
        ...withSeeds(
          [
            ...alone("phone", "watch"),
            ...allPairs(["phone", "watch"]).flatMap(([a, b]) =>
              [1, 0.3].map((lambda) => transfer(a, b, { lambda })),
            ),
          ],
          2,
        ),
      ],
    },
  },
  /** All twelve directions (question 1), several sources (5), and the gate on pairs from which no rule was learned (3). */
  "d-cat-pamap2": {
    data: ["pamap2"],
    asked: {
      pamap2: [
        ...core([...alone(...imus), ...allPairs(imus).map(([a, b]) => transfer(a, b, byT))]),
        ...imus.flatMap((target) =>
          (["sum", "mean", "learned"] as const).map((combination) =>
            transfer(
              imus.filter((sensor) => sensor !== target),
              target,
              { ...byT, combination },
            ),
          ),
        ),
        ...allPairs(imus).map(([a, b]) => transfer(a, b, { ...byT, gate: "off" })),
        ...allPairs(imus).filter(([a, b]) => a < b).map(([a, b]) => both(a, b)), // prettier-ignore
        ...allPairs(imus).map(([a, b]) => transfer(a, b, { ...byT, lambda: 0.3 })),
        ...withSeeds(
          [
            ...alone(...imus),
            ...allPairs(imus).flatMap(([a, b]) =>
              [1, 0.3].map((lambda) => transfer(a, b, { ...byT, lambda })),
            ),
          ],
          2,
        ),
      ],
    },
  },
} as const satisfies Record<string, DCatDefinition>;

export type DCatName = keyof typeof dCatStudies;
export const dCatNames = Object.keys(dCatStudies) as DCatName[];

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
