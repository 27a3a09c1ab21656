/** Words in which a study's trainings are asked for. */
import { dCat, type Fitness, type Method, type Task, type Transfer } from "./d-cat-design";

/** Trainings that differ from one another in one respect. */
export interface Asked {
  readonly target: string;
  readonly method: Method;
  readonly fitness?: Partial<Task["fitness"]>;
  readonly splits?: readonly Task["split"][];
  readonly seeds?: readonly number[];
  /** Wanted before all others: what the first table is made of. */
  readonly isCore?: boolean;
}

export type Change = Partial<Omit<Transfer, "kind" | "sources">>;

export const alone = (...sensors: readonly string[]): Asked[] =>
  sensors.map((target) => ({ target, method: { kind: "alone" } }));
export const both = (source: string, target: string): Asked => ({
  target,
  method: { kind: "both", sources: [source] },
});
export const transfer = (
  sources: string | readonly string[],
  target: string,
  change: Change = {},
): Asked => ({
  target,
  method: { ...dCat, ...change, sources: typeof sources === "string" ? [sources] : [...sources] },
});
export const withSeeds = (asked: readonly Asked[], ...seeds: readonly number[]): Asked[] =>
  asked.map((one) => ({ ...one, seeds }));
export const core = (asked: readonly Asked[]): Asked[] => asked.map((one) => ({ ...one, isCore: true }));
export const outOfDistribution = (asked: readonly Asked[]): Asked[] =>
  asked.map((one) => ({ ...one, splits: ["ood"] }));

/** What S_A holds, and how else it may be told: each on the pairs of D-CAT. */
export const rivals = (source: string, target: string, base: Change): Asked[] => [
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

export const sweep = (source: string, target: string, lambdas: readonly number[], change: Change): Asked[] =>
  (["in-fold", "off"] as const).flatMap((gate) =>
    lambdas.map((lambda) => transfer(source, target, { ...change, lambda, gate })),
  );

const remedies = ["over-fitted, best epoch", "over-fitted, dropout", "over-fitted, weight decay"] as const;

/** Over-fitted sources and targets crossed, then what may mend an over-fitted target. */
export function fitnessOf(source: string, target: string, base: Change): Asked[] {
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
export const mendedSources = (source: string, target: string, base: Change): Asked[] =>
  remedies.map((fitness) => ({ ...transfer(source, target, base), fitness: { source: fitness } }));

/** Sources that know less, or too well what they have seen, under each gate. */
export const gatesOf = (source: string, target: string, base: Change): Asked[] =>
  (["fitted", "over-fitted", "under-trained"] as const).flatMap((fitness: Fitness) =>
    (["in-fold", "out-of-fold", "off"] as const).map((gate) => ({
      ...transfer(source, target, { ...base, gate }),
      fitness: { source: fitness },
    })),
  );

export const shifts = (source: string, target: string): Asked[] =>
  [1, 2, 3, 4].map((strides) => transfer(source, target, { pairing: { kind: "shifted", strides } }));

export const allPairs = (sensors: readonly string[]): (readonly [string, string])[] =>
  sensors.flatMap((a) => sensors.filter((b) => b !== a).map((b) => [a, b] as const));
