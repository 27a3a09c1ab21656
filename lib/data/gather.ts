/** The windows of one batch, copied out of their tracks into the arrays that a model reads. */
import type { ChannelScale, Scaler } from "./scaler";
import type { Track, Windows } from "./windows";

export interface GatherOptions {
  /** Applied while copying; see `fitScaler`. */
  readonly scaler?: Scaler;
  /** What invalid samples hold: `zero` (after scaling: the training mean) for models, `keep` to look at the track as it is. */
  readonly invalid?: "zero" | "keep";
  /** May a model read samples that `hold` or `linear` completed? If so they count as valid here (default). */
  readonly filled?: "valid" | "invalid";
}

export interface Gathered {
  /** [window, time, channel], or [window, feature] for a vector */
  readonly values: Float32Array;
  /** [window, time], or [window, feature] for a vector; 1 where the model may look. */
  readonly validity: Float32Array;
}

/**
 * One modality of these windows. A window without the modality is all invalid.
 *
 * @param into reused where its arrays have the right length
 */
export function gather(
  windows: Windows,
  modality: string,
  indices: ArrayLike<number>,
  options: GatherOptions = {},
  into?: Gathered,
): Gathered {
  const track = windows.tracks[modality];
  if (!track)
    throw new Error(
      `gather: expected one of [${windows.names.join(", ")}], got ${modality}; name it when cutting windows`,
    );
  const [steps, width] = track.kind === "sequence" ? [track.time, track.channels.length] : [1, track.features.length];
  const marks = track.kind === "sequence" ? steps : width;
  const result = {
    values: fitted(into?.values, indices.length * steps * width),
    validity: fitted(into?.validity, indices.length * marks),
  };
  const scale = options.scaler?.[modality];
  const readable = readableIn(track, options.filled ?? "valid");
  const zero = options.invalid !== "keep";
  for (let i = 0; i < indices.length; i++) {
    const at = track.offset[indices[i]!];
    if (at === undefined)
      throw new Error(
        `gather: expected window numbers below ${windows.count}, got ${indices[i]}; use a fold of these windows`,
      );
    const values = result.values.subarray(i * steps * width, (i + 1) * steps * width);
    const validity = result.validity.subarray(i * marks, (i + 1) * marks);
    if (at < 0) {
      values.fill(zero ? 0 : NaN);
      validity.fill(0);
      continue;
    }
    values.set(track.values.subarray(at * width, at * width + values.length));
    const mark = track.kind === "sequence" ? at : at * width;
    validity.set(readable.subarray(mark, mark + marks));
    if (scale) applyScale(values, scale);
    if (zero) blank(values, validity);
  }
  return result;
}

/** (x − μ) / σ in place; `values` [row, channel]. */
function applyScale(values: Float32Array, { mean, deviation }: ChannelScale): void {
  const width = mean.length;
  for (let channel = 0; channel < width; channel++) {
    const centre = mean[channel]!;
    const gain = 1 / deviation[channel]!;
    for (let i = channel; i < values.length; i += width) values[i] = (values[i]! - centre) * gain;
  }
}

/** 0 wherever the model may not look: a hidden NaN would survive any mask, since 0 · NaN is NaN. */
function blank(values: Float32Array, validity: Float32Array): void {
  const width = values.length / validity.length;
  for (let i = 0; i < validity.length; i++) if (validity[i] === 0) values.fill(0, i * width, (i + 1) * width);
}

const readableTracks = new WeakMap<Track, Uint8Array>(); // one pass over a track, not one a batch

function readableIn(track: Track, filled: "valid" | "invalid"): Uint8Array {
  if (track.kind === "vector" || filled === "invalid") return track.validity;
  let both = readableTracks.get(track);
  if (!both) {
    both = track.validity.map((measured, i) => measured | track.filled[i]!);
    readableTracks.set(track, both);
  }
  return both;
}

const fitted = (array: Float32Array | undefined, length: number): Float32Array =>
  array?.length === length ? array : new Float32Array(length);
