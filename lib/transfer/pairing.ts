/** Which of the source's windows teaches which of the target's: the true pairs, and pairs broken in known ways. */
import { z } from "zod";
import type { Windows } from "../data/windows";
import { type Random, randomFor } from "../random";

export const Pairing = z.discriminatedUnion("kind", [
  /** The same moment. */
  z.strictObject({ kind: z.literal("true") }),
  /** So many windows later in the same recording: what is left of the overlap is 1 - strides · stride / length. */
  z.strictObject({ kind: z.literal("shifted"), strides: z.int().positive() }),
  /** Any other training window of the same class. */
  z.strictObject({ kind: z.literal("shuffled within class") }),
  /** Any training window. */
  z.strictObject({ kind: z.literal("shuffled over everything") }),
  /** A window of another class. */
  z.strictObject({ kind: z.literal("another class") }),
  /** The true pair of so large a share of the training windows; the others have none. */
  z.strictObject({ kind: z.literal("share"), share: z.number().min(0).max(1) }),
  /** The mean over the class's windows whose gate is open: see `classMeans`. */
  z.strictObject({ kind: z.literal("class mean") }),
]);
export type Pairing = Readonly<z.infer<typeof Pairing>>;

type Known = Pick<Windows, "count" | "targets" | "segment" | "segments" | "startSeconds" | "strideSeconds">;

/**
 * [window]: the row (place in `train`) that each training window is paired with; -1 where it has none, and outside training.
 *
 * Shuffles are permutations: every row teaches once.
 *
 * @param train window numbers, in the order in which the source was read
 */
export function pairRows(windows: Known, train: Int32Array, pairing: Pairing, seed: number): Int32Array {
  const random = randomFor(seed, "pairing", pairing.kind);
  const partner = partnersOf(windows, train, pairing, random);
  const rows = new Int32Array(windows.count).fill(-1);
  train.forEach((window, row) => (rows[window] = partner[row]!));
  return rows;
}

/** [row] */
function partnersOf(windows: Known, train: Int32Array, pairing: Pairing, random: Random): Int32Array {
  const itself = Int32Array.from(train, (_, row) => row);
  const classes = train.map((window) => windows.targets[window]!);
  switch (pairing.kind) {
    case "true":
    case "class mean":
      return itself;
    case "shifted":
      return shifted(windows, train, pairing.strides);
    case "shuffled over everything":
      return random.permutation(train.length);
    case "shuffled within class":
      return withinGroups(classes, (rows) => random.permutation(rows.length).map((i) => rows[i]!));
    case "another class": {
      // in the order of classes, everybody reads half a round further; of a class larger than half, some have no partner
      const order = [...random.permutation(train.length)].sort((a, b) => classes[a]! - classes[b]!);
      const half = Math.floor(order.length / 2);
      const partner = new Int32Array(train.length).fill(-1);
      order.forEach((row, i) => {
        const other = order[(i + half) % order.length]!;
        if (classes[other] !== classes[row]) partner[row] = other;
      });
      return partner;
    }
    case "share": {
      const kept = new Set(
        random.permutation(train.length).subarray(0, Math.round(pairing.share * train.length)),
      );
      return itself.map((row) => (kept.has(row) ? row : -1));
    }
  }
}

function withinGroups(group: Int32Array, change: (rows: Int32Array) => Int32Array): Int32Array {
  const partner = new Int32Array(group.length);
  for (const one of new Set(group)) {
    const rows = Int32Array.from(group.keys()).filter((row) => group[row] === one);
    change(rows).forEach((other, i) => (partner[rows[i]!] = other));
  }
  return partner;
}

/** The training window of the same session that begins so many strides later; -1 where there is none. */
function shifted(windows: Known, train: Int32Array, strides: number): Int32Array {
  const name = (window: number, start: number): string => {
    const { subject, session } = windows.segments[windows.segment[window]!]!;
    return JSON.stringify([subject, session, Math.round(start / windows.strideSeconds)]);
  };
  const rowAt = new Map(
    Array.from(train, (window, row) => [name(window, windows.startSeconds[window]!), row]),
  );
  return train.map((window) => {
    const later = windows.startSeconds[window]! + strides * windows.strideSeconds;
    return rowAt.get(name(window, later)) ?? -1;
  });
}

/** Each row the mean of the rows of its class that are open; a class without any keeps its rows. */
export function classMeans(
  rows: readonly Float32Array[],
  classes: ArrayLike<number>,
  open: ArrayLike<number>,
): Float32Array[] {
  const sums = new Map<number, { readonly sum: Float64Array; count: number }>();
  rows.forEach((row, i) => {
    if (!open[i]) return;
    const known = sums.get(classes[i]!) ?? { sum: new Float64Array(row.length), count: 0 };
    row.forEach((x, k) => (known.sum[k]! += x));
    known.count += 1;
    sums.set(classes[i]!, known);
  });
  const means = new Map(
    [...sums].map(([id, { sum, count }]) => [id, Float32Array.from(sum, (x) => x / count)]),
  );
  return rows.map((row, i) => means.get(classes[i]!) ?? row);
}
