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

/** @param plan [row, modality] of these embeddings */
export function spaceOf(
  network: Network,
  embeddings: Embeddings,
  plan: Uint8Array,
): NonNullable<Test["space"]> {
  const { dim } = embeddings;
  const rows = Math.min(looked, embeddings.samples);
  const modalities = network.targets.filter(({ kind }) => kind === "modality").length;
  const fused = normalised(fusedEmbeddings(embeddings, network, plan).subarray(0, rows * dim), dim);
  const each = Array.from({ length: modalities }, (_, m) => {
    const present = Array.from({ length: rows }, (_, i) => plan[i * modalities + m]!);
    const own = normalised(embeddings.targets[m]!.subarray(0, rows * dim), dim);
    return { aligned: alignment(own, fused, dim, { present }), spread: uniformity(own, dim, { present }) };
  });
  const mean = (values: readonly number[]): number => {
    const known = values.filter(Number.isFinite);
    return known.reduce((a, b) => a + b, 0) / known.length;
  };
  const [rank, spread] = [effectiveRank(fused, dim), uniformity(fused, dim)];
  return {
    alignment: finite(mean(each.map(({ aligned }) => aligned))),
    uniformity: { modalities: finite(mean(each.map(({ spread }) => spread))), fused: finite(spread) },
    effectiveRank: finite(rank),
    alarm: [...collapseAlarm(rank, spread).because],
  };
}

/**
 * Each modality looks for its sample among fused embeddings, those that hold it and those made without it.
 *
 * @param rows candidates, of which no two share a measurement
 * @param plan [sample, modality]
 * @param embed rows, plan → embeddings
 */
export function retrievalOf(
  network: Network,
  names: readonly string[],
  rows: Int32Array,
  plan: Uint8Array,
  embed: (rows: Int32Array, plan: Uint8Array) => Embeddings,
): Test["retrieval"] {
  const count = names.length;
  return names.flatMap((modality, m) => {
    // with and without are asked of the same samples: those that have the modality and another one
    const able = rows.filter((row) => {
      const own = plan.subarray(row * count, (row + 1) * count);
      return own[m] === 1 && own.some((there, other) => there === 1 && other !== m);
    });
    const order = randomFor(1, "gallery", modality).permutation(able.length).slice(0, gallerySize);
    const gallery = Int32Array.from(order, (at) => able[at]!);
    if (gallery.length < 2) return [];
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
    const query = given.targets[m]!;
    return [true, false].map((there) => {
      const { medianRank, recall1, recall5, recall10, recall1Strict } = retrieval(
        query,
        there ? withQuery : without,
        given.dim,
      );
      return {
        modality,
        withQuery: there,
        gallery: gallery.length,
        medianRank,
        recall1,
        recall5,
        recall10,
        recall1Strict,
      };
    });
  });
}
