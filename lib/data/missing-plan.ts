/** Which modalities are missing in which sample: drawn once, from names alone, and the same for every method. */
import { createHash } from "node:crypto";
import { randomFor } from "../random";

/** How samples lose modalities. */
export type MissingRule =
  /** Each on its own with probability p (one number, or one for each modality). */
  | { readonly kind: "at-random"; readonly p: number | readonly number[] }
  /** Stretches of `length` consecutive samples of a group lose a modality together, as when a battery is empty. */
  | { readonly kind: "blocks"; readonly p: number; readonly length: number }
  /** p · (1 ± spread), more for the classes of even number and less for the odd: what is missing tells something of the class. */
  | { readonly kind: "by-class"; readonly p: number; readonly spread: number };

export interface MissingOptions {
  readonly rule: MissingRule;
  readonly seed: number;
  /** Names the data set in the seed. */
  readonly data: string;
  /** Never dropped. */
  readonly always?: readonly number[];
  /** Always dropped. */
  readonly never?: readonly number[];
  /** Sample of which nothing would be left: draw again (default), or keep it empty as published (trap M7). */
  readonly empty?: "draw again" | "keep";
}

/** What a plan needs to know of the samples. */
export interface PlannedSamples {
  /** [sample]: unique; masks hang on it, not on an order. */
  readonly ids: readonly string[];
  /** [sample]: in the order of their numbers, stretches of one group follow one another. */
  readonly groups: readonly string[];
  /** [sample] */
  readonly labels: ArrayLike<number>;
  /** [sample, modality]; 1 where it was measured. What was not can neither be dropped nor kept. */
  readonly presence: Uint8Array;
  readonly modalities: number;
}

/**
 * @returns [sample, modality]; 1 where it is left
 * @throws where a sample has nothing that could be left
 */
export function missingPlan(samples: PlannedSamples, options: MissingOptions): Uint8Array {
  const { ids, presence, modalities } = samples;
  const { always = [], never = [], empty = "draw again", rule, seed, data } = options;
  const left = new Uint8Array(ids.length * modalities);
  const chance = chances(samples, options);
  ids.forEach((id, i) => {
    const random = randomFor(seed, "missing", data, JSON.stringify(rule), id);
    const has = Array.from({ length: modalities }, (_, m) => m).filter((m) => presence[i * modalities + m]);
    const could = has.filter((m) => !never.includes(m));
    const open = could.some((m) => always.includes(m) || chance(i, m) < 1);
    if (!open && empty === "draw again" && could.length === 0)
      throw new Error(`missingPlan: expected a modality that may be left of sample ${id}, got none of [${has.join(", ")}]; leave it out`);
    for (let attempt = 0; ; attempt++) {
      const kept = could.filter((m) => always.includes(m) || random.uniform() >= chance(i, m));
      // where chance leaves none for long (a block in which everything is lost), one is drawn
      const rescued = kept.length === 0 && empty === "draw again" && attempt >= 200 ? [could[random.integer(could.length)]!] : kept;
      if (rescued.length === 0 && empty === "draw again") continue;
      for (const m of rescued) left[i * modalities + m] = 1;
      return;
    }
  });
  return left;
}

/** The chance that sample i loses modality m. */
function chances({ groups, labels }: PlannedSamples, { rule, seed, data }: MissingOptions): (i: number, m: number) => number {
  if (rule.kind === "at-random") return (_, m) => (typeof rule.p === "number" ? rule.p : rule.p[m]!);
  if (rule.kind === "by-class")
    return (i) => Math.min(1, rule.p * (labels[i]! % 2 === 0 ? 1 + rule.spread : 1 - rule.spread));
  const place = new Map<string, number>();
  const blocks = groups.map((group) => {
    const at = place.get(group) ?? 0;
    place.set(group, at + 1);
    return Math.floor(at / rule.length);
  });
  return (i, m) => Number(randomFor(seed, "missing block", data, groups[i]!, blocks[i]!, m).uniform() < rule.p);
}

/**
 * The share of samples that have a modality, where each is lost with probability p and an empty sample is drawn again:
 * (1 - p) / (1 - pᴹ). It is more than 1 - p: at p = 0.8 with two modalities 0.56, not 0.2.
 */
export const realisedShare = (p: number, modalities: number): number => (1 - p) / (1 - p ** modalities);

/** Share of ones. */
export const shareLeft = (plan: Uint8Array): number => plan.reduce((a, b) => a + b, 0) / plan.length;

/** How many samples have which set: [set as "0+2"] → count, in the order of first appearance. */
export function subsetHistogram(plan: Uint8Array, modalities: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at < plan.length; at += modalities) {
    const set = Array.from({ length: modalities }, (_, m) => m).filter((m) => plan[at + m]);
    const name = set.join("+") || "none";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** Names a plan in results: the same bytes, the same name. */
export const planHash = (plan: Uint8Array): string => createHash("sha256").update(plan).digest("hex").slice(0, 16);
