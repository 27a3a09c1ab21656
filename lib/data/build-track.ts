/** Samples of one modality, stored once, with the place of every window among them. */
import { fillSegment, type Fill } from "./fill";
import { firstAt, gridSegment } from "./grid";
import type { Channel, Segment, Sequence, Vector } from "./recording";
import type { Track } from "./windows";

/** Collects one modality, segment after segment. */
export interface TrackBuilder {
  /** @param starts of the segment's windows, in seconds on the recording's clock */
  add(measured: Sequence | Vector | undefined, segment: Segment, starts: readonly number[]): void;
  finish(): Track;
}

export function sequenceBuilder(
  example: Sequence,
  lengthSeconds: number,
  rateHz: number = example.rateHz,
  fill: Fill = { kind: "none" },
): TrackBuilder {
  const { channels } = example;
  const time = Math.max(1, Math.round(lengthSeconds * rateHz));
  const values: Float32Array[] = [];
  const validity: Uint8Array[] = [];
  const filled: Uint8Array[] = [];
  const offset: number[] = [];
  let stored = 0;
  return {
    add(measured, segment, starts) {
      if (measured?.kind !== "sequence" || starts.length === 0) {
        for (let i = 0; i < starts.length; i++) offset.push(-1);
        return;
      }
      const steps = starts.map((start) => Math.round((start - segment.startSeconds) * rateHz));
      const kept = steps.at(-1)! + time; // what lies after the last window is not stored
      const seconds = segment.endSeconds - segment.startSeconds;
      const grid = gridSegment(measured, segment, rateHz, Math.max(kept, Math.ceil(seconds * rateHz - 1e-6)));
      const numbers = complete(grid, channels.length);
      fillSegment(grid, channels.length, rateHz, fill);
      const estimated = fill.kind === "hold" || fill.kind === "linear";
      const after = estimated ? complete(grid, channels.length) : numbers;
      values.push(grid.subarray(0, kept * channels.length));
      validity.push(numbers.subarray(0, kept));
      filled.push(after.map((ok, i) => ok - numbers[i]!).subarray(0, kept));
      for (const step of steps) offset.push(stored + step);
      stored += kept;
    },
    finish: () => ({
      kind: "sequence",
      channels,
      rateHz,
      time,
      values: joined(values, new Float32Array(stored * channels.length)),
      validity: joined(validity, new Uint8Array(stored)),
      filled: joined(filled, new Uint8Array(stored)),
      offset: Int32Array.from(offset),
    }),
  };
}

export function vectorBuilder(features: readonly Channel[], lengthSeconds: number): TrackBuilder {
  const rows: Float32Array[] = [];
  const offset: number[] = [];
  let stored = 0;
  return {
    add(measured, segment, starts) {
      const vector = measured?.kind === "vector" ? measured : undefined;
      const first = vector ? firstAt(vector.seconds, segment.startSeconds) : 0;
      const end = vector ? firstAt(vector.seconds, segment.endSeconds) : 0;
      for (const start of starts) {
        const latest = vector ? Math.min(end, firstAt(vector.seconds, start + lengthSeconds)) - 1 : -1;
        offset.push(latest < first ? -1 : stored + latest - first);
      }
      if (!vector || starts.length === 0) return;
      rows.push(vector.values.subarray(first * features.length, end * features.length));
      stored += end - first;
    },
    finish() {
      const values = joined(rows, new Float32Array(stored * features.length));
      const validity = Uint8Array.from(values, (x) => (Number.isNaN(x) ? 0 : 1));
      return { kind: "vector", features, values, validity, offset: Int32Array.from(offset) };
    },
  };
}

/** [sample]; 1 where every channel holds a number. */
function complete(grid: Float32Array, channels: number): Uint8Array {
  const result = new Uint8Array(grid.length / channels).fill(1);
  for (let i = 0; i < grid.length; i++) if (Number.isNaN(grid[i]!)) result[Math.floor(i / channels)] = 0;
  return result;
}

function joined<T extends Float32Array | Uint8Array>(parts: readonly T[], into: T): T {
  let at = 0;
  for (const part of parts) {
    into.set(part, at);
    at += part.length;
  }
  return into;
}
