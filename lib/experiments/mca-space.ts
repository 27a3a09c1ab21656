/** What a space of embeddings looks like, whoever reads it. */
import type { Embeddings } from "../contrastive/embed-all";
import { fusedEmbeddings, meanOfPresent } from "../contrastive/fused";
import type { Network } from "../contrastive/network";
import { alignment, normalised, uniformity } from "../metrics/alignment-uniformity";
import { collapseAlarm, effectiveRank } from "../metrics/effective-rank";
import { retrieval } from "../metrics/retrieval";
import { randomFor } from "../random";
import { finite, type McaResult } from "./mca-result";

type Test = McaResult["tests"][number];

/** So many samples are looked at: uniformity is of pairs. */
const looked = 400;
/** Fixed, so that ranks of different parts can be compared. */
export const gallerySize = 100;

/**
 * @param plan [row, modality] of these embeddings
 * @param groups [row], for the uniformity of each group's own samples
 */
export function spaceOf(
  network: Network,
  embeddings: Embeddings,
  plan: Uint8Array,
  groups: readonly string[],
): NonNullable<Test["space"]> {
  const { dim, samples } = embeddings;
  // every so many-th, so that all groups are seen
  const rows = Int32Array.from(
    Array.from({ length: samples }, (_, i) => i).filter((i) => i % Math.ceil(samples / looked) === 0),
  );
  const pick = (x: Float32Array): Float64Array =>
    normalised(
      Float64Array.from(
        { length: rows.length * dim },
        (_, at) => x[rows[Math.floor(at / dim)]! * dim + (at % dim)]!,
      ),
      dim,
    );
  const modalities = network.targets.filter(({ kind }) => kind === "modality").length;
  const fused = pick(fusedEmbeddings(embeddings, network, plan));
  const each = Array.from({ length: modalities }, (_, m) => {
    const present = Array.from(rows, (row) => plan[row * modalities + m]!);
    const own = pick(embeddings.targets[m]!);
    return { aligned: alignment(own, fused, dim, { present }), spread: uniformity(own, dim, { present }) };
  });
  const ofGroup = (group: string): number | null => {
    const present = Array.from(rows, (row) => Number(groups[row] === group));
    return finite(uniformity(fused, dim, { present }));
  };
  const mean = (values: readonly number[]): number => {
    const known = values.filter(Number.isFinite);
    return known.reduce((a, b) => a + b, 0) / known.length;
  };
  const [rank, spread] = [effectiveRank(fused, dim), uniformity(fused, dim)];
  return {
    alignment: finite(mean(each.map(({ aligned }) => aligned))),
    uniformity: {
      modalities: finite(mean(each.map(({ spread }) => spread))),
      fused: finite(spread),
      groups: Object.fromEntries([...new Set(groups)].map((group) => [group, ofGroup(group)])),
    },
    effectiveRank: finite(rank),
    alarm: [...collapseAlarm(rank, spread).because],
  };
}

/**
 * Each modality looks for its sample among fused embeddings, those that hold it and those made without it. The gallery has
 * `gallerySize` samples wherever there are so many with another modality than the query's, whatever was lost: samples that
 * lack the query's modality are not asked, but have to be told apart.
 *
 * @param rows candidates, of which no two share a measurement
 * @param groups [row of the data]
 * @param plan [sample, modality]
 * @param embed rows, plan → embeddings
 */
export function retrievalOf(
  network: Network,
  names: readonly string[],
  rows: Int32Array,
  plan: Uint8Array,
  groups: readonly string[],
  embed: (rows: Int32Array, plan: Uint8Array) => Embeddings,
): Test["retrieval"] {
  const count = names.length;
  return names.flatMap((modality, m) => {
    const able = rows.filter((row) =>
      plan.subarray(row * count, (row + 1) * count).some((there, other) => there === 1 && other !== m),
    );
    const order = randomFor(1, "gallery", modality).permutation(able.length).slice(0, gallerySize);
    const drawn = Int32Array.from(order, (at) => able[at]!);
    const asks = (row: number): boolean => plan[row * count + m] === 1;
    const asked = drawn.filter(asks);
    const gallery = Int32Array.from([...asked, ...drawn.filter((row) => !asks(row))]);
    if (asked.length < 2) return [];
    const given = embed(gallery, plan);
    const hidden = plan.slice();
    for (const row of gallery) hidden[row * count + m] = 0;
    const local = (of: Uint8Array): Uint8Array =>
      Uint8Array.from(
        { length: gallery.length * count },
        (_, at) => of[gallery[Math.floor(at / count)]! * count + (at % count)]!,
      );
    const withQuery = fusedEmbeddings(given, network, local(plan));
    const without =
      network.root === undefined
        ? meanOfPresent(given.targets, count, given.samples, given.dim, local(hidden))
        : fusedEmbeddings(embed(gallery, hidden), network, local(hidden));
    const query = given.targets[m]!.subarray(0, asked.length * given.dim);
    return [true, false].map((there) => {
      const { ranks, medianRank, recall1, recall5, recall10, recall1Strict } = retrieval(
        query,
        there ? withQuery : without,
        given.dim,
      );
      return {
        modality,
        withQuery: there,
        queries: asked.length,
        gallery: gallery.length,
        medianRank,
        recall1,
        recall5,
        recall10,
        recall1Strict,
        groups: ranksByGroup(ranks, (query) => groups[asked[query]!]!),
      };
    });
  });
}

function ranksByGroup(
  ranks: Float64Array,
  groupOf: (query: number) => string,
): Test["retrieval"][number]["groups"] {
  const all = new Map<string, number[]>();
  ranks.forEach((rank, query) => all.set(groupOf(query), [...(all.get(groupOf(query)) ?? []), rank]));
  const share = (own: readonly number[], k: number): number =>
    own.filter((rank) => rank <= k).length / own.length;
  return Object.fromEntries(
    [...all].map(([group, own]) => [
      group,
      {
        queries: own.length,
        ...{ recall1: share(own, 1), recall10: share(own, 10) },
        meanRank: own.reduce((a, b) => a + b, 0) / own.length,
      },
    ]),
  );
}
