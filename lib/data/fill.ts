/** What to put where nothing was measured; the choice is always the caller's. */

/**
 * - `none`: NaN stays.
 * - `zero`: 0, which no model may mistake for a measurement: such a sample stays invalid.
 * - `hold`: the latest value, if not older than `maxAgeSeconds`. Causal: needs no future.
 * - `linear`: between both neighbours, if not further apart than `maxGapSeconds`. Looks ahead: for analysis after the fact.
 */
export type Fill =
  | { readonly kind: "none" }
  | { readonly kind: "zero" }
  | { readonly kind: "hold"; readonly maxAgeSeconds: number }
  | { readonly kind: "linear"; readonly maxGapSeconds: number };

/**
 * Fills one segment in place, each channel by itself; nothing passes from one segment to the next.
 *
 * @param values [sample, channel] on a regular grid; NaN where missing
 */
export function fillSegment(values: Float32Array, channels: number, rateHz: number, fill: Fill): void {
  switch (fill.kind) {
    case "none":
      return;
    case "zero":
      for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i]!)) values[i] = 0;
      return;
    case "hold":
      return fillGaps(values, channels, (gap) => {
        const reach = Math.min(gap.steps - 1, Math.floor(fill.maxAgeSeconds * rateHz + 1e-6));
        if (!Number.isNaN(gap.before)) for (let k = 1; k <= reach; k++) gap.put(k, gap.before);
      });
    case "linear":
      return fillGaps(values, channels, ({ steps, before, after, put }) => {
        if (Number.isNaN(before) || Number.isNaN(after) || steps > fill.maxGapSeconds * rateHz + 1e-6) return;
        for (let k = 1; k < steps; k++) put(k, before + ((after - before) * k) / steps);
      });
  }
}

interface Gap {
  /** From the last number before the gap to the first after it; NaN where the segment ends instead. */
  readonly steps: number;
  readonly before: number;
  readonly after: number;
  /** Writes `k` steps after `before`. */
  readonly put: (k: number, value: number) => void;
}

function fillGaps(values: Float32Array, channels: number, close: (gap: Gap) => void): void {
  const samples = values.length / channels;
  for (let channel = 0; channel < channels; channel++) {
    let last = -1;
    for (let i = 0; i <= samples; i++) {
      const x = i < samples ? values[i * channels + channel]! : NaN;
      if (i < samples && Number.isNaN(x)) continue;
      if (i - last > 1) {
        const from = last;
        const before = from < 0 ? NaN : values[from * channels + channel]!;
        const put = (k: number, value: number): void => void (values[(from + k) * channels + channel] = value);
        close({ steps: i - from, before, after: x, put });
      }
      last = i;
    }
  }
}
