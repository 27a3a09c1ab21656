/** Samples as tokens: what a contrastive network reads, wherever it comes from. */

export interface TokenModality {
  readonly name: string;
  readonly tokens: number;
  /** Numbers in a token. */
  readonly width: number;
  /** Steps or patches in time order, or blocks of features. */
  readonly kind: "sequence" | "blocks";
  /** [sample, token, width]; not scaled; NaN where nothing was measured. */
  readonly values: Float32Array;
}

export interface TokenData {
  readonly name: string;
  /** SHA-256 over all that follows, or over what it was made from. */
  readonly hash: string;
  readonly modalities: readonly TokenModality[];
  readonly count: number;
  /** [sample, modality]; 1 where a number was measured. */
  readonly presence: Uint8Array;
  /** [sample] */
  readonly ids: readonly string[];
  /** [sample]: the person, patient or video, which no split may tear apart. */
  readonly groups: readonly string[];
  /** [sample] class. */
  readonly labels: Int32Array;
  readonly classes: readonly string[];
  /** [sample]: a number to be told, where there is one. */
  readonly factor?: Float64Array;
  /** Samples that share no measurement with one another: of windows that overlap, every so many-th. All if not given. */
  readonly apart?: Int32Array;
}

/** Sample numbers; the parts are disjoint, and so are their groups. */
export interface TokenSplit {
  readonly name: string;
  readonly train: Int32Array;
  /** For choices: the best single modality, the temperature. */
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

/** Of each modality and place in a token, from training samples that have the modality: mean and deviation, [token?, width]. */
export interface TokenScaler {
  readonly mean: Float64Array;
  readonly scale: Float64Array;
}

/**
 * Of a sequence one mean and deviation for each of `width` numbers, whatever the token; of blocks one for each feature.
 *
 * @param rows training samples: nothing else is looked at (trap M10)
 */
export function fitTokenScaler({ values, tokens, width, kind }: TokenModality, rows: ArrayLike<number>): TokenScaler {
  const size = kind === "sequence" ? width : tokens * width;
  const [sum, square, count] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (let r = 0; r < rows.length; r++)
    for (let k = 0; k < tokens * width; k++) {
      const x = values[rows[r]! * tokens * width + k]!;
      if (Number.isNaN(x)) continue;
      sum[k % size]! += x;
      square[k % size]! += x * x;
      count[k % size]! += 1;
    }
  const mean = sum.map((s, k) => (count[k]! > 0 ? s / count[k]! : 0));
  const scale = square.map((s, k) => (count[k]! > 0 ? Math.sqrt(Math.max(0, s / count[k]! - mean[k]! ** 2)) : 0) || 1);
  return { mean, scale };
}

/**
 * (x - mean) / deviation, held within ±10; 0 where nothing was measured.
 *
 * @returns values [sample, token, width] and validity [sample, token], 1 where any of the token's numbers was measured
 */
export function scaleTokens(
  { values, tokens, width }: TokenModality,
  { mean, scale }: TokenScaler,
): { readonly values: Float32Array; readonly validity: Float32Array } {
  const out = new Float32Array(values.length);
  const validity = new Float32Array(values.length / width);
  const size = mean.length;
  for (let i = 0; i < values.length; i++) {
    const k = (i % (tokens * width)) % size;
    const x = (values[i]! - mean[k]!) / scale[k]!;
    if (Number.isNaN(x)) continue;
    out[i] = Math.max(-10, Math.min(10, x));
    validity[Math.floor(i / width)] = 1;
  }
  return { values: out, validity };
}
