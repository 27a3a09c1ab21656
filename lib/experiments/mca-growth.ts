/** How a cost grows with the number of modalities: by a power, or by a factor each? */
import { average } from "../metrics/average";

export interface Growth {
  /** cost ∝ M^power, by least squares of logarithms. */
  readonly power: number;
  /** cost ∝ factorᴹ. */
  readonly factor: number;
  /** Share of the logarithms' variance that each explains. */
  readonly explained: { readonly power: number; readonly factor: number };
  readonly better: "power" | "factor";
}

/** @param rows at three numbers of modalities or more, each cost above 0 @throws with fewer */
export function growthOf(rows: readonly { readonly modalities: number; readonly cost: number }[]): Growth {
  if (new Set(rows.map(({ modalities }) => modalities)).size < 3 || rows.some(({ cost }) => !(cost > 0)))
    throw new Error(
      `growthOf: expected costs above 0 at three numbers of modalities, got [${rows.map(({ modalities, cost }) => `${modalities}: ${cost}`).join(", ")}]; two points fit any law`,
    );
  const costs = rows.map(({ cost }) => Math.log(cost));
  const power = line(
    rows.map(({ modalities }) => Math.log(modalities)),
    costs,
  );
  const factor = line(
    rows.map(({ modalities }) => modalities),
    costs,
  );
  return {
    ...{ power: power.slope, factor: Math.exp(factor.slope) },
    explained: { power: power.explained, factor: factor.explained },
    better: power.explained >= factor.explained ? "power" : "factor",
  };
}

function line(
  x: readonly number[],
  y: readonly number[],
): { readonly slope: number; readonly explained: number } {
  const [mx, my] = [average(x), average(y)];
  const sum = (of: (i: number) => number): number => x.reduce((total, _, i) => total + of(i), 0);
  const xy = sum((i) => (x[i]! - mx) * (y[i]! - my));
  const [xx, yy] = [sum((i) => (x[i]! - mx) ** 2), sum((i) => (y[i]! - my) ** 2)];
  return { slope: xy / xx, explained: (xy * xy) / (xx * yy) };
}
