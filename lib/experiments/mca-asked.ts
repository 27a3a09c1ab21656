/** Words in which MCA's studies ask for trainings: a grid, controls, traps, other ways of losing modalities. */
import type { Profile } from "../workspace";
import { McaRunOptions } from "./mca-options";

/** Corrected in everything; 64 tokens at most, two layers. */
const base: McaRunOptions = {
  method: "mca",
  missing: { kind: "at-random", p: 0 },
  ...{ always: [], never: [], empty: "draw again" },
  families: [1, 2, 3, 4],
  ...{ trunk: "corrected", contrast: "corrected", complete: "all", pairs: "disjoint", drawnPairs: null },
  ...{ dim: 48, depth: 2, heads: 4, tokensPerChannel: 1 },
  ...{ steps: 1500, batchSize: 32, learningRate: 1e-3, warmupSteps: 100, weightDecay: 0.01, clipNorm: 2 },
  ...{ seed: 1, maskSeed: 1, split: 0 },
  testAt: [0, 0.2, 0.4, 0.6, 0.8],
};

export const at = (p: number): Pick<McaRunOptions, "missing"> => ({ missing: { kind: "at-random", p } });
const contrastive = ["mca", "zorro", "everything"] as const;
const supervised = ["single", "late", "concat-zero", "concat-mean", "concat-token"] as const;

export const run = (changes: Partial<McaRunOptions>): McaRunOptions =>
  McaRunOptions.parse({ ...base, ...changes });

/** As the public code has it, one trap at a time, and all together. */
export const publishedSwitches = {
  M1: { trunk: "one norm" },
  M2: { contrast: "products" },
  M3: { complete: "any" },
  M4: { contrast: "columns" },
  M6: { trunk: "empty rows" },
  M7: { empty: "keep" },
  "all of MCA's": { trunk: "published", contrast: "published", complete: "any", empty: "keep" },
} as const satisfies Record<string, Partial<McaRunOptions>>;

/** The same of everything-at-once; E4 is not of training. */
export const publishedPasses = {
  E1: { pairs: "without first" },
  E2: { pairs: "overlapping" },
  E3: { trunk: "positions" },
  E5: { drawnPairs: 3 },
} as const satisfies Record<string, Partial<McaRunOptions>>;

/** The first question of all data: three methods and their floors at these p, for each split and seed. */
export function grid(
  ps: readonly number[],
  splits: readonly number[],
  seeds: readonly number[],
  changes: Partial<McaRunOptions> = {},
): McaRunOptions[] {
  return seeds.flatMap((seed) =>
    splits.flatMap((split) => [
      run({ ...changes, method: "majority", split, seed, steps: 0 }),
      ...ps.flatMap((p) => [
        ...contrastive.map((method) => run({ ...changes, ...at(p), method, split, seed })),
        ...supervised.map((method) => run({ ...changes, ...at(p), method, split, seed })),
      ]),
    ]),
  );
}

/** Pairs that are fewer than all four families. */
export const families: McaRunOptions["families"][] = [[1], [1, 3]];

/** Masks, loss families and equal compute. */
export function controls(ps: readonly number[], changes: Partial<McaRunOptions> = {}): McaRunOptions[] {
  return ps.flatMap((p) => [
    ...(["open", "random", "zorro-one-channel"] as const).map((method) =>
      run({ ...changes, ...at(p), method }),
    ),
    ...families.map((some) => run({ ...changes, ...at(p), families: some })),
    run({
      ...changes,
      ...at(p),
      method: "everything",
      steps: Math.round((changes.steps ?? base.steps) * shareOfEverything),
    }),
  ]);
}

/**
 * Steps of everything-at-once that cost as many multiply-adds as one of MCA, with four modalities of twelve tokens: ten
 * passes over 4 + 12 modalities' worth of tokens against one over 4 and eleven learned ones. Counted from the graphs; a test
 * holds it.
 */
export const shareOfEverything = 0.351;

export const otherKinds: Partial<McaRunOptions>[] = [
  { missing: { kind: "blocks", p: 0.4, length: 10 } },
  { missing: { kind: "by-class", p: 0.4, spread: 0.5 } },
];

export const unequal: Partial<McaRunOptions>[] = [
  { missing: { kind: "at-random", p: [0.2, 0.4, 0.6, 0.8] } },
  { missing: { kind: "at-random", p: 0.6 }, always: [0] },
  { missing: { kind: "at-random", p: 0.6 }, never: [3] },
];

export const small = { steps: 6, dim: 16, depth: 1, heads: 2, batchSize: 16, testAt: [0, 0.6] };
export const short = { steps: 400, dim: 32, warmupSteps: 40, testAt: [0, 0.6] };

/** Training loses nothing but what was never measured. */
export const ownGaps = (profile: Profile, splits: readonly number[]): McaRunOptions[] =>
  profile === "full"
    ? grid([0], splits, [1], { testAt: [0, 0.4] })
    : grid([0], splits.slice(0, 1), [1], { ...small, testAt: [0, 0.4] });

/** MCA and everything-at-once with each published switch alone, and MCA with all, beside the corrected ones of the grid. */
export const traps = (p: number, changes: Partial<McaRunOptions> = {}): McaRunOptions[] => [
  ...Object.values(publishedSwitches).map((trap) => run({ ...changes, ...at(p), ...trap })),
  ...Object.values(publishedPasses).map((trap) =>
    run({ ...changes, ...at(p), method: "everything", ...trap }),
  ),
];

export const inKinds = (
  kinds: readonly Partial<McaRunOptions>[],
  changes: Partial<McaRunOptions> = {},
): McaRunOptions[] =>
  kinds.flatMap((kind) => contrastive.map((method) => run({ ...changes, ...kind, method })));

/** The first of those that are the same. */
export function unique(runs: readonly McaRunOptions[]): McaRunOptions[] {
  const seen = new Map(runs.map((one) => [JSON.stringify(one), one]));
  return [...seen.values()];
}
