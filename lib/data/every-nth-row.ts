/** The same windows at a lower rate: one row in n, the others dropped, as the crudest of loggers would. */
import type { Track, Windows } from "./windows";

/**
 * Row 0, n, 2n, ... of every window; nothing is filtered, averaged or filled. Presence stays what it was.
 *
 * @throws where windows do not begin, or do not end, at such a row
 */
export function everyNthRow(windows: Windows, n: number): Windows {
  if (n === 1) return windows;
  const tracks = Object.entries(windows.tracks).map(([name, track]) => [name, thinned(name, track, n)] as const);
  return { ...windows, hash: `${windows.hash} every ${n}`, tracks: Object.fromEntries(tracks) };
}

function thinned(name: string, track: Track, n: number): Track {
  if (track.kind !== "sequence")
    throw new Error(`everyNthRow: expected sequences, got the vector ${name}; leave it out`);
  const { time, channels, rateHz, offset } = track;
  const odd = offset.find((at) => at >= 0 && at % n !== 0);
  if (time % n !== 0 || odd !== undefined)
    throw new Error(
      `everyNthRow: ${name}: expected windows that begin and end at a multiple of ${n} rows, got one at ${odd ?? 0} of ${time} rows; choose another n`,
    );
  const width = channels.length;
  const rows = Math.ceil(track.validity.length / n);
  const values = new Float32Array(rows * width);
  const [validity, filled] = [new Uint8Array(rows), new Uint8Array(rows)];
  for (let row = 0; row < rows; row++) {
    values.set(track.values.subarray(row * n * width, (row * n + 1) * width), row * width);
    validity[row] = track.validity[row * n]!;
    filled[row] = track.filled[row * n]!;
  }
  return {
    ...track,
    ...{ rateHz: rateHz / n, time: time / n, values, validity, filled },
    offset: offset.map((at) => (at < 0 ? at : at / n)),
  };
}
