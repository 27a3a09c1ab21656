/** Every way to put a slow sensor beside fast ones, by the name that experiments use. */
import { createHash } from "node:crypto";
import { type CutOptions, cutWindows } from "./cut-windows";
import type { Fill } from "./fill";
import type { Recording } from "./recording";
import { completeRows } from "./row-deletion";
import type { SequenceTrack, Windows } from "./windows";

/** @param options `rateHz` says which modalities are slow: those below the fastest */
export type Alignment = (recordings: readonly Recording[], options: CutOptions) => Windows;

export const alignments = {
  /** Each sensor on its own clock, read by its own encoder: nothing is made up. */
  "own-rate": (recordings, options) => cutWindows(recordings, options),
  /** On the fast rows, NaN between; a model that knows masks sees which steps were measured. */
  "sparse-rows": (recordings, options) => onFastRows(recordings, options, { kind: "none" }),
  /** On the fast rows, and a sensor with a NaN in a window is lost for that window, as in the published work. */
  naive: (recordings, options) =>
    renamed(withoutGaps(onFastRows(recordings, options, { kind: "none" })), "naive"),
  /** Rows in which any sensor lacks a number are deleted, and those left are taken for neighbours. */
  "row-deletion": (recordings, options) =>
    renamed(completeRows(onFastRows(recordings, options, { kind: "none" })), "row deletion"),
  /** 0 wherever nothing was measured, in every sensor, and nobody is told. */
  "zero-filling": (recordings, options) =>
    renamed(asMeasured(onFastRows(recordings, options, { kind: "zero" })), "zero filling"),
  /** The latest value, for two seconds: causal. */
  hold: (recordings, options) => onFastRows(recordings, options, { kind: "hold", maxAgeSeconds: 2 }),
  /** On the line between both neighbours, if not two seconds apart: looks ahead. */
  linear: (recordings, options) => onFastRows(recordings, options, { kind: "linear", maxGapSeconds: 2 }),
} as const satisfies Record<string, Alignment>;

export type AlignmentName = keyof typeof alignments;

/** The slow sensors' samples at the rows of the fastest that are nearest in time, then filled. */
function onFastRows(recordings: readonly Recording[], options: CutOptions, fill: Fill): Windows {
  const { rateHz = {} } = options;
  const rates = Object.values(rateHz);
  const fastest = Math.max(...rates);
  const slow = Object.keys(rateHz).filter((name) => rateHz[name]! < fastest);
  const renamedClock = recordings.map((recording) => ({
    ...recording,
    modalities: Object.fromEntries(
      Object.entries(recording.modalities).map(([name, modality]) => [
        name,
        // at its "own" rate a sequence is laid on the grid as it is, without a filter between
        modality.kind === "sequence" && slow.includes(name) ? { ...modality, rateHz: fastest } : modality,
      ]),
    ),
  }));
  return cutWindows(renamedClock, {
    ...options,
    rateHz: { ...rateHz, ...Object.fromEntries(slow.map((name) => [name, fastest])) },
    fill: { ...options.fill, ...Object.fromEntries(slow.map((name) => [name, fill])) },
  });
}

/** A modality is present in a window where all its steps are valid, and absent elsewhere. */
function withoutGaps(windows: Windows): Windows {
  const { names, tracks } = windows;
  const presence = windows.presence.map((present, i) => {
    const track = tracks[names[i % names.length]!] as SequenceTrack;
    const at = track.offset[Math.floor(i / names.length)]!;
    return present && !track.validity.subarray(at, at + track.time).includes(0) ? 1 : 0;
  });
  return { ...windows, presence };
}

/** What was not measured is 0 and passes for measured, wherever the recording has the sensor. */
function asMeasured(windows: Windows): Windows {
  const tracks = Object.fromEntries(
    windows.names.map((name) => {
      const track = windows.tracks[name] as SequenceTrack;
      const values = track.values.map((x) => (Number.isNaN(x) ? 0 : x));
      return [name, { ...track, values, validity: track.validity.map(() => 1) }];
    }),
  );
  const presence = windows.presence.map((_, i) => {
    const { offset } = windows.tracks[windows.names[i % windows.names.length]!]!;
    return offset[Math.floor(i / windows.names.length)]! >= 0 ? 1 : 0;
  });
  return { ...windows, tracks, presence };
}

/** Other windows, another hash. */
const renamed = (windows: Windows, by: string): Windows => ({
  ...windows,
  hash: createHash("sha256").update(`${windows.hash} ${by}`).digest("hex"),
});
