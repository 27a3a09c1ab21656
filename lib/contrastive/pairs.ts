/** Which embeddings are to meet: the four families of pairs. */
import type { Target } from "./network";

/** 1: (modality, root); 2: (modality, modality); 3: (root, channel); 4: (modality, channel). */
export type PairFamily = 1 | 2 | 3 | 4;

export interface Pair {
  readonly family: PairFamily;
  /** Numbers of targets. */
  readonly left: number;
  readonly right: number;
}

/**
 * The root is the first channel, that of all modalities. Channels are never contrasted with one another without it. For
 * four modalities 4 + 6 + 10 + 40 pairs; Zorro, whose only channel is the root, has 4 + 6.
 */
export function contrastPairs(targets: readonly Target[], families: readonly PairFamily[]): Pair[] {
  const numbers = targets.map((_, i) => i);
  const single = numbers.filter((i) => targets[i]!.kind === "modality");
  const [root, ...others] = numbers.filter((i) => targets[i]!.kind === "channel");
  const all: readonly Pair[] = [
    ...(root === undefined ? [] : single.map((left): Pair => ({ family: 1, left, right: root }))),
    ...single.flatMap((left, i) => single.slice(i + 1).map((right): Pair => ({ family: 2, left, right }))),
    ...(root === undefined ? [] : others.map((right): Pair => ({ family: 3, left: root, right }))),
    ...single.flatMap((left) => others.map((right): Pair => ({ family: 4, left, right }))),
  ];
  return all.filter(({ family }) => families.includes(family));
}

/** Of everything-at-once: pairs of modalities, and a modality with each pair that it is no part of. For four 6 + 12. */
export function disjointPairs(targets: readonly Target[]): Pair[] {
  const apart = (a: number, b: number): boolean =>
    !targets[a]!.members.some((m) => targets[b]!.members.includes(m));
  return everyPair(targets, apart);
}

/**
 * As the public comparison has it: the pair {0, 1}, first of the channels, is taken for the root and left out (trap E1), and
 * a modality is contrasted with pairs that contain it (trap E2), where it can recognise itself. For four 6 + 20.
 */
export function overlappingPairsPublished(targets: readonly Target[]): Pair[] {
  const taken = targets.findIndex(({ kind }) => kind === "channel");
  return everyPair(targets, (_, right) => right !== taken);
}

/** `disjointPairs` without those of the pair that the public comparison takes for the root: trap E1 alone. */
export function pairsWithoutFirst(targets: readonly Target[]): Pair[] {
  const taken = targets.findIndex(({ kind }) => kind === "channel");
  return disjointPairs(targets).filter(({ right }) => right !== taken);
}

/** A modality with every pair, those that contain it too: trap E2 alone. For four 6 + 24. */
export const overlappingPairs = (targets: readonly Target[]): Pair[] => everyPair(targets, () => true);

function everyPair(targets: readonly Target[], wanted: (left: number, right: number) => boolean): Pair[] {
  const of = (kind: Target["kind"]): number[] => targets.flatMap((t, i) => (t.kind === kind ? [i] : []));
  const [single, joint] = [of("modality"), of("channel")];
  return [
    ...single.flatMap((left, i) => single.slice(i + 1).map((right): Pair => ({ family: 2, left, right }))),
    ...single.flatMap((left) => joint.map((right): Pair => ({ family: 4, left, right }))),
  ].filter(({ left, right }) => wanted(left, right));
}
