/** All trainings for the question of the collapse: those that are there are read, the others are made one by one. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { leakAudit } from "../data/leak-audit";
import { windowsLost } from "../data/windows-lost";
import { engineIdentity } from "../engine/start";
import { majorityRate } from "../metrics/by-subject";
import { removeCheckpoints } from "../train/checkpoint";
import { labelsOf } from "../train/labels";
import type { Profile } from "../workspace";
import { codeHash } from "./code-hash";
import { trainCorrected } from "./collapse-corrected";
import { type CollapseData, openCollapse } from "./collapse-data";
import {
  collapseAmounts,
  collapseAside,
  collapseExperiments,
  type CollapseName,
  collapseVariants,
  correctedPreset,
} from "./collapse-design";
import { type CollapseContext, trainPublished } from "./collapse-published";
import { collapseFile, CollapseResult, readCollapse, writeCollapse } from "./collapse-result";
import { Interrupted } from "./run";
import type { CollapseVariant } from "./collapse-switches";
import type { DataFolders } from "./window-source";

export interface CollapseOptions {
  readonly profile: Profile;
  readonly folders: DataFolders;
  /** Where results are written. */
  readonly results: string;
  /** Folders whose results are taken, if their keys are the same. */
  readonly reuse?: readonly string[];
  /** Only these; all if not given. */
  readonly variants?: readonly string[];
  readonly checkpoints?: string;
  readonly signal?: AbortSignal;
  readonly progress?: (done: number, of: number, title: string) => CollapseContext["progress"];
  readonly keepModel?: CollapseContext["keepModel"];
  /** Recorded beside the results. */
  readonly commit?: string;
  readonly now?: () => Date;
}

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

interface CollapseRequest {
  readonly name: CollapseName;
  readonly variantName: string;
  readonly variant: CollapseVariant;
  readonly seed: number;
}

/** The first seed of all, then more seeds of those that have more: what is broken off is whole for its seeds. */
export function collapseRequests(
  name: CollapseName,
  { profile, variants }: Pick<CollapseOptions, "profile" | "variants">,
): CollapseRequest[] {
  const { seeds, seedsAside } = collapseExperiments[name];
  const chosen = Object.entries<CollapseVariant>(collapseVariants(profile)).filter(
    ([variantName]) => variants?.includes(variantName) ?? true,
  );
  const wide = (variant: CollapseVariant): boolean =>
    variant.kind === "published" && variant.units > collapseAmounts[profile].units;
  const requests = seeds
    .slice(0, collapseAmounts[profile].seeds)
    .flatMap((seed) =>
      chosen
        .filter(([variantName]) => !collapseAside.includes(variantName) || seedsAside.some((s) => s === seed))
        .map(([variantName, variant]) => ({ name, variantName, variant, seed })),
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

/**
 * @returns results in the order of `collapseRequests`
 * @throws Interrupted where the signal asks to stop; the next call goes on
 */
export async function runCollapse(name: CollapseName, options: CollapseOptions): Promise<CollapseResult[]> {
  const { profile, folders, now = () => new Date() } = options;
  const data = await openCollapse(collapseExperiments[name], collapseAmounts[profile], folders);
  const requests = collapseRequests(name, options);
  const results: CollapseResult[] = [];
  for (const [i, request] of requests.entries()) {
    const key = collapseKey(request, data);
    const there = [options.results, ...(options.reuse ?? [])]
      .map((folder) => collapseFile(folder, profile, name, key))
      .find((file) => existsSync(file));
    if (there && !options.keepModel) {
      results.push(readCollapse(there));
      continue;
    }
    const { variantName, variant, seed } = request;
    const checkpoints = options.checkpoints && { folder: join(options.checkpoints, key), run: key };
    const progress = options.progress?.(i, requests.length, `${name}, ${variantName}, seed ${seed}`);
    const started = performance.now();
    const context: CollapseContext = {
      ...(checkpoints && { checkpoints }),
      ...(options.signal && { signal: options.signal }),
      ...(progress && { progress }),
      ...(options.keepModel && { keepModel: options.keepModel }),
    };
    const trained =
      variant.kind === "published"
        ? await trainPublished(variant, data, seed, context)
        : await trainCorrected(correctedPreset(variant), data, seed, context);
    if (!trained) throw new Interrupted();
    const result = CollapseResult.parse({ ...describe(request, data, profile), key, ...trained });
    const seconds = Math.round((performance.now() - started) / 10) / 100;
    const finished = now().toISOString();
    writeCollapse(options.results, result, {
      ...{ seconds, finished, host: hostname(), commit: options.commit ?? "unknown" },
    });
    if (checkpoints) removeCheckpoints(checkpoints.folder);
    results.push(result);
  }
  return results;
}

function describe(
  { name, variantName, variant, seed }: CollapseRequest,
  { windows, fold }: CollapseData,
  profile: Profile,
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
