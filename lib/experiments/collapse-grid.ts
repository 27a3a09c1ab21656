/** All trainings for the question of the collapse: which there are, what each is named by, and how one is made. */
import { createHash } from "node:crypto";
import { leakAudit } from "../data/leak-audit";
import { windowsLost } from "../data/windows-lost";
import { engineIdentity } from "../engine/start";
import { majorityRate } from "../metrics/by-subject";
import { labelsOf } from "../train/labels";
import type { Profile } from "../workspace";
import { codeHash } from "./code-hash";
import { trainCorrected } from "./collapse-corrected";
import type { CollapseData } from "./collapse-data";
import {
  collapseAmounts,
  collapseAside,
  collapseExperiments,
  type CollapseName,
  collapseVariants,
  correctedPreset,
} from "./collapse-design";
import { type CollapseContext, trainPublished } from "./collapse-published";
import { CollapseResult } from "./collapse-result";
import type { CollapseVariant } from "./collapse-switches";

/** Ways to align clocks, of which these windows use none. */
const others = { "data/alignment-registry": [] };

/** Everything between the files and the answers that a variant can reach. */
export function codeOfCollapse(variant: CollapseVariant): string {
  if (variant.kind === "published")
    return codeHash(["experiments/collapse-data", "experiments/collapse-published"], others);
  const { fusion, encoder } = correctedPreset(variant);
  return codeHash(["experiments/collapse-data", "experiments/collapse-corrected"], {
    ...others,
    "encoders/registry": [encoder],
    "fusion/registry": [fusion],
    "experiments/trainer-registry": ["network"],
  });
}

export interface CollapseRequest {
  readonly name: CollapseName;
  readonly profile: Profile;
  readonly variantName: string;
  readonly variant: CollapseVariant;
  readonly seed: number;
}

/** The first seed of all, then more seeds of those that have more: what is broken off is whole for its seeds. */
export function collapseRequests(name: CollapseName, profile: Profile): CollapseRequest[] {
  const { seeds, seedsAside } = collapseExperiments[name];
  const variants = Object.entries<CollapseVariant>(collapseVariants(profile));
  const wide = (variant: CollapseVariant): boolean =>
    variant.kind === "published" && variant.units > collapseAmounts[profile].units;
  const requests = seeds
    .slice(0, collapseAmounts[profile].seeds)
    .flatMap((seed) =>
      variants
        .filter(([variantName]) => !collapseAside.includes(variantName) || seedsAside.some((s) => s === seed))
        .map(([variantName, variant]) => ({ name, profile, variantName, variant, seed })),
    );
  const last = requests.filter(({ variant }) => wide(variant)); // each takes longer than all others of its seed
  return [...requests.filter(({ variant }) => !wide(variant)), ...last];
}

export function collapseKey({ variant, seed }: CollapseRequest, { windows, fold }: CollapseData): string {
  const parts = [fold.train, fold.test].map((part) => Array.from(part));
  const preset = variant.kind === "corrected" ? correctedPreset(variant) : null;
  const identity = { variant, preset, seed, parts, data: windows.hash };
  return createHash("sha256")
    .update(JSON.stringify({ ...identity, engine: engineIdentity(), code: codeOfCollapse(variant) }))
    .digest("hex")
    .slice(0, 16);
}

/** @returns undefined where the signal asked to stop; the next call goes on */
export async function makeCollapse(
  request: CollapseRequest,
  data: CollapseData,
  context: CollapseContext,
): Promise<CollapseResult | undefined> {
  const { variant, seed } = request;
  const trained =
    variant.kind === "published"
      ? await trainPublished(variant, data, seed, context)
      : await trainCorrected(correctedPreset(variant), data, seed, context);
  if (!trained) return undefined;
  return CollapseResult.parse({ ...describe(request, data), key: collapseKey(request, data), ...trained });
}

function describe(
  { name, profile, variantName, variant, seed }: CollapseRequest,
  { windows, fold }: CollapseData,
) {
  if (windows.space.kind !== "class")
    throw new Error("collapse: expected windows with classes, got others; choose a data set with classes");
  const truth = labelsOf(windows, fold.test);
  return {
    experiment: name,
    profile,
    variantName,
    variant,
    heart: collapseExperiments[name].heart,
    seed,
    data: { name: windows.dataset, hash: windows.hash },
    engine: engineIdentity(),
    code: codeOfCollapse(variant),
    classes: [...windows.space.classes],
    windows: {
      train: fold.train.length,
      test: fold.test.length,
      leaking: leakAudit(windows, fold).train.samples.windows,
      all: windows.count,
      closed: { ...windowsLost(windows).each },
    },
    majorityAccuracy: majorityRate(labelsOf(windows, fold.train), truth),
  };
}
