/** The question of the collapse as studies, one for each kind of data. */
import { isDeepStrictEqual } from "node:util";
import {
  collapseAmounts,
  collapseExperiments,
  type CollapseName,
  collapseNames,
  collapseVariants,
} from "./collapse-design";
import { openCollapse } from "./collapse-data";
import { codeOfCollapse, collapseKey, collapseRequests, makeCollapse } from "./collapse-grid";
import { CollapseResult } from "./collapse-result";
import type { CollapseVariant } from "./collapse-switches";
import { readStudyResult, type Study } from "./study";

export function collapseStudy(name: CollapseName): Study {
  const definition = collapseExperiments[name];
  return {
    name,
    data: definition.data === "pamap2" ? ["pamap2"] : [],
    kept: "full",
    async runs(profile, folders) {
      const data = await openCollapse(definition, collapseAmounts[profile], folders);
      return collapseRequests(name, profile).map((request) => ({
        key: collapseKey(request, data),
        title: `${request.variantName}, seed ${request.seed}`,
        weight: weightOf(request.variant),
        make: (context) => makeCollapse(request, data, context),
      }));
    },
    isStale(file) {
      const { code, variant, variantName, profile } = readStudyResult(CollapseResult, file);
      const described = collapseVariants(profile)[variantName as keyof ReturnType<typeof collapseVariants>];
      return !isDeepStrictEqual(described, variant) || code !== codeOfCollapse(variant);
    },
  };
}

/** An LSTM's time goes by its width and its epochs. */
const weightOf = (variant: CollapseVariant): number =>
  variant.kind === "published" ? variant.epochs * (1 + variant.units / 32) : variant.epochs;

export const collapseStudies: readonly Study[] = collapseNames.map(collapseStudy);
