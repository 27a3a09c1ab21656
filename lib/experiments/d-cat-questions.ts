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
}

export interface DCatDefinition {
  readonly data: readonly DCatDataName[];
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

/** Over-fitted sources and targets crossed, then what may mend an over-fitted target. */
function fitnessOf(source: string, target: string, base: Change): Asked[] {
  const remedies = ["over-fitted, best epoch", "over-fitted, dropout", "over-fitted, weight decay"] as const;
  const asked = (whose: Partial<Task["fitness"]>, method: Method): Asked => ({
    target,
    method,
    fitness: whose,
  });
  const { method } = transfer(source, target, base);
  return [
    ...(["over-fitted", ...remedies] as const).map((fitness) =>
      asked({ target: fitness }, { kind: "alone" }),
    ),
    asked({ source: "over-fitted" }, method),
    ...(["over-fitted", ...remedies] as const).flatMap((fitness) => [
      asked({ target: fitness }, method),
      asked({ target: fitness, source: "over-fitted" }, method),
    ]),
  ];
}

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
          ...sweep("rich", "poor", [0.1, 1, 10], {}),
          ...sweep("rich", "poor", [10], unit),
          ...rivals("rich", "poor", {}),
          ...[0.5, 0.25, 0.1].map((share) => transfer("rich", "poor", { pairing: { kind: "share", share } })),
          transfer("second", "poor"),
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
  "d-cat-utd-mhad": {
    data: ["utd-mhad"],
    asked: {
      "utd-mhad": [
        ...firstOf([["skeleton", "inertial"], ["inertial", "skeleton"]], byT), // prettier-ignore
        ...withSeeds(
          [
            ...alone("inertial", "skeleton"),
            ...allPairs(["inertial", "skeleton"]).flatMap(([a, b]) =>
              [0.3, 1].map((lambda) => transfer(a, b, { ...byT, lambda })),
            ),
          ],
          ...[1, 2],
        ),
        ...allPairs(["inertial", "skeleton"]).flatMap(([a, b]) => [
          ...sweep(a, b, lambdas, byT),
          ...sweep(a, b, lambdas, unit),
          ...rivals(a, b, byT),
          ...fitnessOf(a, b, byT),
          ...gatesOf(a, b, byT),
        ]),
      ],
    },
  },
  "d-cat-sp-sw-har": {
    data: ["sp-sw-har"],
    asked: {
      "sp-sw-har": [
        ...firstOf([["phone", "watch"]], {}),
        ...withSeeds(
          [
            ...alone("phone", "watch"),
            ...allPairs(["phone", "watch"]).flatMap(([a, b]) =>
              [0.3, 1].map((lambda) => transfer(a, b, { lambda })),
            ),
          ],
          ...[1, 2],
        ),
        ...shifts("phone", "watch"),
        ...rivals("phone", "watch", {}),
        ...sweep("phone", "watch", lambdas, {}),
        ...sweep("phone", "watch", lambdas, unit),
      ],
    },
  },
  "d-cat-pamap2": {
    data: ["pamap2"],
    asked: {
      pamap2: [
        ...withSeeds(
          [
            ...alone(...imus),
            ...allPairs(imus).flatMap(([a, b]) =>
              [0.3, 1].map((lambda) => transfer(a, b, { ...byT, lambda })),
            ),
          ],
          ...[1, 2],
        ),
        ...imus.flatMap((target) =>
          (["sum", "mean", "learned"] as const).map((combination) =>
            transfer(
              imus.filter((sensor) => sensor !== target),
              target,
              { ...byT, combination },
            ),
          ),
        ),
        ...allPairs(imus).filter(([a, b]) => a < b).map(([a, b]) => both(a, b)), // prettier-ignore
      ],
    },
  },
} as const satisfies Record<string, DCatDefinition>;

export type DCatName = keyof typeof dCatStudies;
export const dCatNames = Object.keys(dCatStudies) as DCatName[];

/** Folds of each split; a small run takes the first, in which two people of eight are asked. */
const foldsOf = (split: Task["split"], profile: Profile): readonly number[] =>
  split === "id" || profile === "tiny" ? [0] : [0, 1, 2, 3];

/** The trainings of a study, each once: the first seed first, so that what is broken off is whole for its seeds. */
export function tasksOf(name: DCatName, profile: Profile): Task[] {
  const definition: DCatDefinition = dCatStudies[name];
  const everywhere: readonly Task["split"][] = ["ood", "id"];
  const found = new Map<string, Task>();
  for (const seed of [1, 2])
    for (const data of definition.data)
      for (const { target, method, fitness, splits = everywhere, seeds = [1] } of definition.asked[data] ??
        []) {
        if (!seeds.includes(seed)) continue;
        const named: Task["fitness"] = { target: "fitted", source: "fitted", ...fitness };
        const learners = {
          learner: learnerFor(data, named.target, profile),
          sourceLearner: learnerFor(data, named.source, profile),
        };
        for (const split of splits)
          for (const fold of foldsOf(split, profile)) {
            const task: Task = { data, split, fold, seed, target, method, ...learners, fitness: named };
            found.set(JSON.stringify(task), task);
          }
      }
  return [...found.values()];
}
