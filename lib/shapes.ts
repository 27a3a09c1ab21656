import type { Tensor } from "@tensorflow/tfjs";

/** Axes in order: one size, several that would do, or null for any. */
export type Axes = Readonly<Record<string, number | readonly number[] | null>>;

/** Throws unless `x` has these axes; `who` names function and argument. */
export function checkShape(who: string, x: Tensor, axes: Axes, remedy: string): void {
  const wanted = Object.entries(axes).map(([axis, size]) => ({ axis, sizes: [size].flat() }));
  const fits = wanted.every(({ sizes }, i) => sizes.includes(null) || sizes.includes(x.shape[i]!));
  if (fits && x.rank === wanted.length) return;
  const names = wanted.map(({ axis, sizes }) => (sizes.includes(null) ? axis : `${axis}=${sizes.join("|")}`));
  throw new Error(`${who}: expected [${names.join(", ")}], got [${x.shape.join(", ")}]; ${remedy}`);
}
