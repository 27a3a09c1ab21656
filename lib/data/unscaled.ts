/** `published`: numbers as the sensors wrote them. No statistics are taken of them, so that nothing is scaled. */
import type { Track, Windows } from "./windows";

/**
 * The same windows, of which every sample counts as an estimate that a model may read, and none as a measurement that
 * statistics are made of: a scaler fitted on them has mean 0 and deviation 1.
 */
export const unscaled = (windows: Windows): Windows => ({
  ...windows,
  hash: `${windows.hash} unscaled`,
  tracks: Object.fromEntries(
    Object.entries(windows.tracks).map(([name, track]) => [name, unmeasured(name, track)]),
  ),
});

function unmeasured(name: string, track: Track): Track {
  if (track.kind !== "sequence")
    throw new Error(`unscaled: expected sequences, got the vector ${name}; leave it out`);
  const { validity, filled } = track;
  return {
    ...track,
    validity: new Uint8Array(validity.length),
    filled: filled.map((estimate, i) => estimate | validity[i]!),
  };
}

/** The published mask: every sensor of every window is there, whatever was measured; NaN is the encoder's business. */
export const allPresent = (windows: Windows): Windows => ({
  ...windows,
  presence: new Uint8Array(windows.presence.length).fill(1),
});
