/** Which trainings answer which question: plain data. */
import {
  allPairs,
  alone,
  type Asked,
  both,
  type Change,
  core,
  fitnessOf,
  gatesOf,
  mendedSources,
  outOfDistribution,
  rivals,
  shifts,
  sweep,
  transfer,
  withSeeds,
} from "./d-cat-asked";
import type { DCatDataName } from "./d-cat-design";

export interface DCatDefinition {
  readonly data: readonly DCatDataName[];
  /** The study whose trainings are not made once more: its results are read beside these. */
  readonly beyond?: string;
  readonly asked: Readonly<Partial<Record<DCatDataName, readonly Asked[]>>>;
}

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
          // one remedy and two gates fewer than real sensors are asked, for a shorter lesson
          ...fitnessOf("rich", "poor", {}).filter(
            ({ fitness }) => fitness?.target !== "over-fitted, weight decay",
          ),
          ...gatesOf("rich", "poor", {}).filter(
            ({ method, fitness }) =>
              method.kind !== "transfer" || method.gate !== "out-of-fold" || fitness?.source === "fitted",
          ),
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
