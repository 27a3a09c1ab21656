/** What a source knows of each window, put beside the target's window as a modality of its own: read from a cache, no model. */
import type { VectorTrack, Windows } from "../data/windows";

/** One source's knowledge of the windows of a data set. */
export interface SourceTrack {
  readonly name: string;
  /** [row]: of the windows that were read. */
  readonly rows: readonly Float32Array[];
  /** [window]: the row that the window is paired with; -1 where it has none, or its gate is closed. */
  readonly pairing: Int32Array;
}

/** What the track of a source is called beside modalities. */
export const trackOf = (source: string): string => `${source} (source)`;

/**
 * @param target windows of the target's sensor alone
 * @returns the same windows with a vector for each source; its presence is the gate
 */
export function withSources(target: Windows, sources: readonly SourceTrack[]): Windows {
  const tracks: Record<string, VectorTrack> = {};
  for (const { name, rows, pairing } of sources) {
    if (pairing.length !== target.count)
      throw new Error(
        `withSources: ${name}: expected a row for each of ${target.count} windows, got ${pairing.length}; pair these windows`,
      );
    const width = rows[0]?.length ?? 0;
    const values = new Float32Array(rows.length * width);
    rows.forEach((row, i) => values.set(row, i * width));
    tracks[trackOf(name)] = {
      kind: "vector",
      features: Array.from({ length: width }, (_, i) => ({ name: `${i}`, unit: "1" })),
      values,
      validity: new Uint8Array(values.length).fill(1),
      offset: pairing,
    };
  }
  const names = [...target.names, ...sources.map(({ name }) => trackOf(name))];
  const own = target.names.length;
  const presence = Uint8Array.from({ length: target.count * names.length }, (_, i) => {
    const [window, m] = [Math.floor(i / names.length), i % names.length];
    if (m < own) return target.presence[window * own + m]!;
    return sources[m - own]!.pairing[window]! >= 0 ? 1 : 0;
  });
  return { ...target, names, tracks: { ...target.tracks, ...tracks }, presence };
}
