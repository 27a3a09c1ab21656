/** Tables of MCA's studies: probes, retrieval of each modality, calibration of each set, and trainings beside one another. */
import { studentInterval } from "../metrics/interval";
import { subsetName } from "../metrics/subsets";
import { averageKnown } from "../metrics/average";
import type { McaResult } from "./mca-result";
import { accuraciesOf, groupsOf } from "./mca-rows";

type Test = McaResult["tests"][number];

/** What can be read off each method's answers and embeddings; means over splits and seeds, NaN where nothing is there to be read. */
export function probeRows(results: readonly McaResult[]) {
  return groupsOf(results).flatMap(({ method, trainedAt, own }) =>
    own[0]!.tests.map(({ p }) => {
      const scores = own.map(({ tests }) => tests.find((test) => test.p === p)!.scores);
      return {
        ...{ method, trainedAt, testedAt: p },
        macroF1: averageKnown(scores.map((s) => s.macroF1)),
        auroc: averageKnown(scores.map((s) => s.auroc)),
        neighboursF1: averageKnown(scores.map((s) => s.neighboursF1)),
        neighboursAuroc: averageKnown(scores.map((s) => s.neighboursAuroc)),
        l1: averageKnown(scores.map((s) => s.factor?.l1)),
        pearson: averageKnown(scores.map((s) => s.factor?.pearson)),
      };
    }),
  );
}

/** Each modality's search for its own sample; `chance` is that of the gallery. */
export function foundRows(results: readonly McaResult[], p: number) {
  return groupsOf(results).flatMap(({ method, trainedAt, own }) => {
    const all = own.flatMap(({ tests }) => tests.find((test) => test.p === p)?.retrieval ?? []);
    const modalities = [...new Set(all.map(({ modality }) => modality))];
    return modalities.flatMap((modality) =>
      [true, false].map((withQuery) => {
        const rows = all.filter((row) => row.modality === modality && row.withQuery === withQuery);
        const gallery = averageKnown(rows.map((row) => row.gallery));
        const mean = (of: (row: Test["retrieval"][number]) => number): number => averageKnown(rows.map(of));
        return {
          ...{ method, trainedAt, modality, withQuery, gallery },
          queries: mean((row) => row.queries),
          medianRank: mean((row) => row.medianRank),
          ...{ recall1: mean((row) => row.recall1), recall5: mean((row) => row.recall5) },
          recall10: mean((row) => row.recall10),
          chance: {
            medianRank: (gallery + 1) / 2,
            ...{ recall1: 1 / gallery, recall5: 5 / gallery, recall10: Math.min(1, 10 / gallery) },
          },
        };
      }),
    );
  });
}

/** Each set's calibration error: as it is, and after one temperature, learned with all modalities or with this set alone. */
export function calibrationRows(results: readonly McaResult[]) {
  return groupsOf(results).flatMap(({ method, trainedAt, own }) =>
    own[0]!.subsets.map(({ present }, s) => {
      const sets = own.map(({ subsets }) => subsets[s]!);
      const of = (which: "complete" | "own", what: "temperature" | "calibrationError" | "logLoss") =>
        averageKnown(sets.map(({ calibration }) => calibration?.[which]?.[what]));
      return {
        ...{ method, trainedAt, set: subsetName(present) },
        error: averageKnown(sets.map(({ scores }) => scores.calibrationError)),
        adaptive: averageKnown(sets.map(({ calibration }) => calibration?.adaptive)),
        brier: averageKnown(sets.map(({ calibration }) => calibration?.brier)),
        logLoss: averageKnown(sets.map(({ calibration }) => calibration?.logLoss)),
        aurc: averageKnown(sets.map(({ calibration }) => calibration?.aurc)),
        complete: of("complete", "calibrationError"),
        own: of("own", "calibrationError"),
        ...{ completeTemperature: of("complete", "temperature"), ownTemperature: of("own", "temperature") },
      };
    }),
  );
}

/**
 * Trainings that lost the same, each against one of them: the paired difference of accuracy over groups, R@10 without the
 * query, and the space, all at p in testing.
 *
 * @param base such as "MCA"
 */
export function comparisonRows(results: readonly McaResult[], base: string, trainedAt: string, p: number) {
  const trained = groupsOf(results).filter((one) => one.trainedAt === trainedAt);
  const first = trained.find(({ method }) => method === base);
  if (!first) return [];
  const known = accuraciesOf(first.own, p);
  return trained.map(({ method, own }) => {
    const tests = own.flatMap((result) => result.tests.filter((test) => test.p === p));
    const each = accuraciesOf(own, p);
    const differences = [...each].flatMap(([group, x]) => (known.has(group) ? [x - known.get(group)!] : []));
    const { mean, lower, upper } =
      differences.length > 1 ? studentInterval(differences) : { mean: NaN, lower: NaN, upper: NaN };
    return {
      ...{ method, accuracy: averageKnown([...each.values()]), difference: mean, lower, upper },
      recall10: averageKnown(
        tests.flatMap(({ retrieval }) =>
          retrieval.filter((row) => !row.withQuery).map((row) => row.recall10),
        ),
      ),
      alignment: averageKnown(tests.map(({ space }) => space?.alignment)),
      uniformity: averageKnown(tests.map(({ space }) => space?.uniformity.fused)),
      ...{ parameters: own[0]!.parameters, multiplyAdds: own[0]!.multiplyAdds, steps: own[0]!.options.steps },
    };
  });
}
