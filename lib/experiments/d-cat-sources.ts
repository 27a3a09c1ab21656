/** What sources know of a fold's training windows: read once, kept on disk, and then the sources may go. */
import type { Fold } from "../data/fold";
import { selectModalities } from "../data/select-modalities";
import { labelsOf } from "../train/labels";
import { type Alignment, alignmentOf } from "../transfer/alignments";
import { type Cache, cacheKey } from "../transfer/cache";
import { type Gate, gateBits } from "../transfer/gate";
import { classMeans, pairRows } from "../transfer/pairing";
import { readOut, type SourceRows } from "../transfer/read-out";
import type { SourceTrack } from "../transfer/with-sources";
import { codeHash } from "./code-hash";
import { aloneKey, type AloneRequest, scalerOf, trainAlone } from "./d-cat-alone";
import type { Transfer } from "./d-cat-design";
import type { StudyContext } from "./study";

type Context = Pick<StudyContext, "signal" | "progress">;

/** A source's knowledge, and how good it is: facts that are fixed before any transfer. */
export interface Source extends SourceTrack {
  /** Share of the training windows whose gate is open. */
  readonly open: number;
  /** On the training windows, by the source that taught. */
  readonly trainAccuracy: number;
}

/** @returns undefined where the signal asked to stop */
export async function openSource(
  request: AloneRequest,
  method: Transfer,
  cache: Cache,
  context: Context,
): Promise<Source | undefined> {
  const { windows, fold, sensor, learner, seed } = request;
  const classes = windows.space.kind === "class" ? windows.space.classes.length : 0;
  const sizes = { dim: learner.dim, classes };
  const alignment = alignmentOf(method.align, sizes, { normalisation: "none" });
  const read = await readTraining(request, method.align, alignment, cache, context);
  const bits = read && (await gateOf(request, method.gate, read, cache, context));
  if (!bits) return undefined;
  const labels = labelsOf(windows, fold.train);
  const known = gateBits(read.logits, labels);
  const rows = method.pairing.kind === "class mean" ? classMeans(read.rows, labels, bits) : read.rows;
  const paired = pairRows(windows, fold.train, method.pairing, seed);
  const pairing = paired.map((row) => (row >= 0 && bits[row] ? row : -1));
  const mean = (all: Uint8Array): number => all.reduce((sum, bit) => sum + bit, 0) / all.length;
  const open = pairing.filter((row) => row >= 0).length / fold.train.length;
  return { name: sensor, rows, pairing, open, trainAccuracy: mean(known) };
}

/** Logits and rows of all training windows, by a source that learned from them. */
async function readTraining(
  request: AloneRequest,
  align: string,
  alignment: Alignment,
  cache: Cache,
  context: Context,
): Promise<SourceRows | undefined> {
  const key = cacheKey([aloneKey(request), align, codeHash(["experiments/d-cat-sources"])]);
  const { train } = request.fold;
  const kept = cache.read(key);
  if (kept) {
    const [logits, rows] = kept.map((flat) => inRows(flat, train.length));
    return { logits: logits!, rows: rows! };
  }
  const model = await trainAlone(request, cache, context);
  if (!model) return undefined;
  try {
    const windows = selectModalities(request.windows, [request.sensor]);
    const asked = { windows, indices: train, scaler: scalerOf(request) };
    const read = await readOut(model, alignment, asked, context.signal);
    if (read) cache.write(key, [flatten(read.logits), flatten(read.rows)]);
    return read;
  } finally {
    model.dispose();
  }
}

/** [training window] */
async function gateOf(
  request: AloneRequest,
  gate: Gate,
  read: SourceRows,
  cache: Cache,
  context: Context,
): Promise<Uint8Array | undefined> {
  const { windows, fold } = request;
  if (gate === "off") return new Uint8Array(fold.train.length).fill(1);
  if (gate === "in-fold") return gateBits(read.logits, labelsOf(windows, fold.train));
  const bits = new Uint8Array(fold.train.length);
  for (const { fold: inner, rows } of innerFolds(request)) {
    const model = await trainAlone({ ...request, fold: inner }, cache, context);
    if (!model) return undefined;
    try {
      const scaler = scalerOf({ ...request, fold: inner });
      const own = selectModalities(windows, [request.sensor]);
      const { classes } = windows.space as { classes: readonly string[] };
      const sizes = { dim: request.learner.dim, classes: classes.length };
      const alignment = alignmentOf("logits", sizes, { normalisation: "none" });
      const indices = rows.map((row) => fold.train[row]!);
      const asked = await readOut(model, alignment, { windows: own, indices, scaler }, context.signal);
      if (!asked) return undefined;
      gateBits(asked.logits, labelsOf(windows, indices)).forEach((bit, i) => (bits[rows[i]!] = bit));
    } finally {
      model.dispose();
    }
  }
  return bits;
}

interface InnerFold {
  readonly fold: Fold;
  /** [window]: places in the outer fold's training windows. */
  readonly rows: Int32Array;
}

/**
 * Training halved, each half judged by a source that learned from the other: people where there are new people to come,
 * sessions or, of people with one session, segments otherwise. Windows that overlap are in one half.
 *
 * A half that lacks a class is filled up with the windows of that class, which then are judged by their own teacher.
 */
export function innerFolds({ windows, fold }: Pick<AloneRequest, "windows" | "fold">): InnerFold[] {
  const { train } = fold;
  const tested = new Set(Array.from(fold.test, (w) => windows.subject[w]!));
  const known = Array.from(train).some((w) => tested.has(windows.subject[w]!));
  const session = (w: number): string => windows.segments[windows.segment[w]!]!.session;
  const sessions = new Set(Array.from(train, session)).size;
  const people = new Set(Array.from(train, (w) => windows.subject[w]!)).size;
  const unit = (w: number): string => {
    if (!known) return windows.subject[w]!;
    return sessions > people ? session(w) : `${windows.segment[w]}`;
  };
  const half = new Map([...new Set(Array.from(train, unit))].map((name, i) => [name, i % 2]));
  const rows = Array.from(train.keys());
  return [0, 1].map((which) => {
    const judged = rows.filter((row) => half.get(unit(train[row]!)) === which);
    const taught = rows.filter((row) => half.get(unit(train[row]!)) !== which);
    const has = new Set(taught.map((row) => windows.targets[train[row]!]!));
    const lacking = judged.filter((row) => !has.has(windows.targets[train[row]!]!));
    const inner = Int32Array.from(
      [...taught, ...lacking].sort((a, b) => a - b),
      (row) => train[row]!,
    );
    return { fold: { ...fold, train: inner }, rows: Int32Array.from(judged) };
  });
}

function flatten(rows: readonly Float32Array[]): Float32Array {
  const width = rows[0]!.length;
  const flat = new Float32Array(rows.length * width);
  rows.forEach((row, i) => flat.set(row, i * width));
  return flat;
}

const inRows = (flat: Float32Array, count: number): Float32Array[] =>
  Array.from({ length: count }, (_, i) =>
    flat.subarray((i * flat.length) / count, ((i + 1) * flat.length) / count),
  );
