/** The edge of the data room: what every function behind it may trust. */
import type { Recording, Sequence, TargetSpace, Vector } from "./recording";

export interface CheckedRecordings {
  readonly dataset: string;
  readonly space: TargetSpace;
  /** By name, in the order in which they first appear: the first recording's, as an example of channels and rate. */
  readonly kinds: Readonly<Record<string, Sequence | Vector>>;
}

/** Throws unless the recordings are of one data set, agree about channels, rates and targets, and their clocks run forwards. */
export function checkRecordings(who: string, recordings: readonly Recording[]): CheckedRecordings {
  const first = recordings[0];
  if (!first) throw new Error(`${who}: expected 1 or more recordings, got none; load a data set first`);
  const width = first.space.kind === "labels" ? first.space.labels.length : 1;
  const kinds: Record<string, Sequence | Vector> = {};
  for (const recording of recordings) {
    const where = `${who}: ${recording.dataset} ${recording.subject} ${recording.session}`;
    const same = recording.dataset === first.dataset && equal(recording.space, first.space);
    if (!same)
      throw new Error(
        `${where}: expected the data set and targets of the first recording (${first.dataset}), got others; cut each data set by itself`,
      );
    for (const { target, startSeconds, endSeconds } of recording.segments)
      if (target.length !== width || !(startSeconds < endSeconds))
        throw new Error(
          `${where}: expected segments of positive length with ${width} target numbers, got [${startSeconds}, ${endSeconds}) with ${target.length}; correct the reader`,
        );
    for (const [name, modality] of Object.entries(recording.modalities)) {
      const known = (kinds[name] ??= modality);
      if (describe(known) !== describe(modality))
        throw new Error(
          `${where}: ${name}: expected ${describe(known)}, got ${describe(modality)}; give every recording the same channels and nominal rate`,
        );
      checkClock(`${where}: ${name}`, modality);
    }
  }
  return { dataset: first.dataset, space: first.space, kinds };
}

function checkClock(where: string, { seconds, values, ...modality }: Sequence | Vector): void {
  const width = modality.kind === "sequence" ? modality.channels.length : modality.features.length;
  if (values.length !== seconds.length * width)
    throw new Error(
      `${where}: expected ${seconds.length} x ${width} values, got ${values.length}; correct the reader`,
    );
  for (let i = 1; i < seconds.length; i++)
    if (!(seconds[i]! > seconds[i - 1]!))
      throw new Error(
        `${where}: expected increasing seconds, got ${seconds[i - 1]} then ${seconds[i]} at sample ${i}; sort the samples and drop duplicates`,
      );
}

function describe(modality: Sequence | Vector): string {
  const columns = modality.kind === "sequence" ? modality.channels : modality.features;
  const rate = modality.kind === "sequence" ? ` at ${modality.rateHz} Hz` : "";
  return `${modality.kind}${rate} of [${columns.map((c) => `${c.name} ${c.unit}`).join(", ")}]`;
}

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
