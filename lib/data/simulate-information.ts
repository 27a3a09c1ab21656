/** Modalities of which it is known what they share, what each has alone, and what only two together tell. */
import { randomFor } from "../random";
import type { TokenData, TokenModality } from "./token-data";

export interface InformationOptions {
  readonly samples: number;
  readonly seed: number;
  readonly tokens?: number;
  readonly width?: number;
  /** Deviation of the noise on each number; the signals have 1. */
  readonly noise?: number;
}

/** Samples are dealt to so many sites, which differ in nothing: what intervals are taken over. */
const sites = 20;

/** Names of the four modalities and what they tell. */
export const informationModalities = ["first", "second", "third", "fourth"] as const;

/**
 * A sample has five hidden parts:
 *
 * - `shared` z ∈ {0, 1, 2}: told by all four modalities
 * - `private` b ∈ {0, 1}: told by the first alone
 * - `synergy` s ∈ {0, 1}: the second tells u, the third v, two fair coins, and s = u xor v: either alone tells nothing
 * - a continuous `factor` f ∈ [-1, 1], told by the third and, half as loud, by the fourth
 * - nuisance of each modality, told to nobody else: a phase
 *
 * The class is 4 z + 2 b + s: twelve, all equally likely. The best possible accuracy is 1 with the first three, 1/2 where the
 * synergy is lost, 1/2 where the private part is, 1/4 where both are.
 *
 * A signal of one part is a pattern over the modality's tokens: a direction in its `width` numbers, different for each value,
 * on half of the tokens, which half depending on the nuisance.
 */
export function simulateInformation(options: InformationOptions): TokenData {
  const { samples, seed, tokens = 8, width = 6, noise = 1 } = options;
  const direction = (modality: string, part: string, value: number): Float64Array => {
    const random = randomFor(seed, "direction", modality, part, value);
    const raw = Float64Array.from({ length: width }, () => random.normal());
    const length = Math.sqrt(raw.reduce((sum, x) => sum + x * x, 0));
    return raw.map((x) => (x / length) * Math.sqrt(width));
  };
  const hidden = Array.from({ length: samples }, (_, i) => {
    const random = randomFor(seed, "hidden", i);
    return {
      ...{ z: random.integer(3), b: random.integer(2), u: random.integer(2), v: random.integer(2) },
      ...{ f: 2 * random.uniform() - 1, phase: informationModalities.map(() => random.integer(tokens)) },
    };
  });
  type Hidden = (typeof hidden)[number];
  const parts: Readonly<Record<string, (h: Hidden) => [part: string, value: number, gain: number][]>> = {
    first: (h) => [["z", h.z, 1], ["b", h.b, 1]],
    second: (h) => [["z", h.z, 1], ["u", h.u, 1]],
    third: (h) => [["z", h.z, 1], ["v", h.v, 1], ["f", 0, h.f]],
    fourth: (h) => [["z", h.z, 1], ["f", 0, h.f / 2]],
  };
  const modalities = informationModalities.map((name, m): TokenModality => {
    const known = new Map<string, Float64Array>();
    const values = new Float32Array(samples * tokens * width);
    hidden.forEach((h, i) => {
      const random = randomFor(seed, "noise", name, i);
      const row = values.subarray(i * tokens * width, (i + 1) * tokens * width);
      for (let k = 0; k < row.length; k++) row[k] = noise * random.normal();
      for (const [part, value, gain] of parts[name]!(h)) {
        const key = `${part}${value}`;
        if (!known.has(key)) known.set(key, direction(name, part, value));
        const pattern = known.get(key)!;
        for (let t = 0; t < tokens / 2; t++) {
          const at = ((t + h.phase[m]!) % tokens) * width;
          for (let k = 0; k < width; k++) row[at + k]! += gain * pattern[k]!;
        }
      }
    });
    return { name, tokens, width, kind: "sequence", values };
  });
  return {
    name: "information-simulated",
    hash: `information-simulated ${JSON.stringify({ samples, seed, tokens, width, noise })}`,
    modalities,
    count: samples,
    presence: new Uint8Array(samples * modalities.length).fill(1),
    ids: hidden.map((_, i) => `s${i}`),
    groups: hidden.map((_, i) => `site ${i % sites}`),
    labels: Int32Array.from(hidden, (h) => 4 * h.z + 2 * h.b + (h.u ^ h.v)),
    classes: Array.from({ length: 12 }, (_, c) => `z${c >> 2} b${(c >> 1) & 1} s${c & 1}`),
    factor: Float64Array.from(hidden, (h) => h.f),
  };
}

/** The best possible accuracy with these modalities and no noise. */
export function informationCeiling(present: readonly string[]): number {
  const has = (name: string): boolean => present.includes(name);
  if (present.length === 0) return 1 / 12;
  return (has("first") ? 1 : 1 / 2) * (has("second") && has("third") ? 1 : 1 / 2);
}
