/** What training loses and what is lost in testing: the same for every method, drawn from the mask's seed alone. */
import { missingPlan, planHash, realisedShare, shareLeft, subsetHistogram } from "../data/missing-plan";
import type { TokenData } from "../data/token-data";
import type { McaRunOptions } from "./mca-options";
import type { McaResult } from "./mca-result";
import { takeRows } from "./mca-take";
import type { McaTask } from "./mca-task";

/** @returns [sample, modality] what is left */
export function trainingPlan(options: McaRunOptions, data: TokenData): Uint8Array {
  const { maskSeed: seed, missing: rule, always, never, empty } = options;
  return missingPlan(asked(data), { seed, data: data.name, rule, always, never, empty });
}

/** @returns [sample, modality] what is left where each modality is lost with chance p */
export const testingPlan = ({ maskSeed: seed }: McaRunOptions, data: TokenData, p: number): Uint8Array =>
  missingPlan(asked(data), { seed, data: data.name, rule: { kind: "at-random", p } });

const asked = (data: TokenData) => ({ ...data, modalities: data.modalities.length });

/** What the mask left of the training samples, beside what chance leads one to expect. */
export function maskOf({ options, data, split, plan }: McaTask): McaResult["mask"] {
  const count = data.modalities.length;
  const own = takeRows(plan, split.train, count);
  return {
    hash: planHash(plan),
    left: shareLeft(own),
    expected: expectedShare(options, data),
    sets: Object.fromEntries(subsetHistogram(own, count)),
  };
}

/** Known where one chance holds for every modality of samples that have them all. */
function expectedShare({ missing, always, never, empty }: McaRunOptions, data: TokenData): number | null {
  if (missing.kind !== "at-random" || typeof missing.p !== "number") return null;
  if (always.length + never.length > 0 || data.presence.some((there) => there !== 1)) return null;
  return empty === "keep" ? 1 - missing.p : realisedShare(missing.p, data.modalities.length);
}
