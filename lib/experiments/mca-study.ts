/** MCA, Zorro and everything-at-once as studies, one for each kind of data. */
import { createHash } from "node:crypto";
import { engineIdentity } from "../engine/start";
import type { Profile } from "../workspace";
import { codeHash } from "./code-hash";
import { mcaStudies, type McaStudyDesign, type McaStudyName, mcaStudyNames } from "./mca-design";
import { isContrastive, type McaRunOptions } from "./mca-options";
import type { McaData } from "./mca-data";
import { mcaSources } from "./mca-source-registry";
import { McaResult } from "./mca-result";
import { mcaMethodName, missingName } from "./mca-names";
import { runMca } from "./mca-run";
import { readStudyResult, type Study } from "./study";

/** What a run can reach, and of registries nothing that it does not use. */
const codeOfMca = (name: McaStudyName): string =>
  codeHash(["experiments/mca-source-registry", "experiments/mca-run"], {
    "experiments/mca-source-registry": [name],
    "data/alignment-registry": ["own-rate"],
  });

export function mcaStudy(name: McaStudyName): Study {
  const design: McaStudyDesign = mcaStudies[name];
  return {
    ...{ name, data: design.data },
    async runs(profile, folders) {
      const opened = await mcaSources[name](profile, folders);
      const code = codeOfMca(name);
      return design.runs(profile).map((options) => {
        const key = keyOf(options, opened, code);
        return {
          ...{ key, title: titleOf(options), weight: weightOf(options) },
          make: async (context) => {
            const measured = await runMca(options, opened.data, opened.splits[options.split]!, context);
            return (
              measured &&
              McaResult.parse({ ...describe(name, profile, key, code, options, opened), ...measured })
            );
          },
        };
      });
    },
    isStale(file) {
      const { code, options, profile } = readStudyResult(McaResult, file);
      const asked = design.runs(profile).some((other) => JSON.stringify(other) === JSON.stringify(options));
      return !asked || code !== codeOfMca(name);
    },
  };
}

function keyOf(options: McaRunOptions, { data, splits }: McaData, code: string): string {
  const { train, validation, test } = splits[options.split]!;
  const parts = [train, validation, test].map((part) => Array.from(part));
  return createHash("sha256")
    .update(JSON.stringify({ options, parts, data: data.hash, engine: engineIdentity(), code }))
    .digest("hex")
    .slice(0, 16);
}

function describe(
  study: string,
  profile: Profile,
  key: string,
  code: string,
  options: McaRunOptions,
  { data, splits }: McaData,
) {
  const { name, train, validation, test } = splits[options.split]!;
  return {
    ...{ study, profile, key, options, code, engine: { ...engineIdentity() } },
    data: {
      name: data.name,
      hash: data.hash,
      modalities: data.modalities.map((m) => m.name),
      classes: [...data.classes],
    },
    split: { name, train: train.length, validation: validation.length, test: test.length },
  };
}

/** "MCA, M3, p 0.6, split 1, seed 1, 1500 steps" */
const titleOf = (options: McaRunOptions): string =>
  `${mcaMethodName(options)}, ${options.missing.kind === "at-random" ? "p " : ""}${missingName(options)}, split ${options.split + 1}, seed ${options.seed}, ${options.steps} steps`;

/** Against a step of Zorro. */
const weightOf = ({ method, steps }: McaRunOptions): number =>
  1 + steps * (method === "everything" ? 3 : method === "single" ? 1.5 : isContrastive(method) ? 1 : 0.7);

export const mcaStudyList: readonly Study[] = mcaStudyNames.map(mcaStudy);
