/** Numbers that agree within a tolerance; where they do not, the place is named. */
import assert from "node:assert/strict";

type Nested = number | readonly Nested[];
const flat = (x: Nested): number[] => (typeof x === "number" ? [x] : x.flatMap(flat));

/** |got - expected| ≤ atol + rtol · |expected|, entry by entry, in row-major order; the fixtures' rule. */
export function assertClose(
  got: ArrayLike<number>,
  expected: Nested,
  atol: number,
  rtol = 1e-5,
  what = "",
): void {
  const wanted = flat(expected);
  assert.equal(got.length, wanted.length, `${what}: as many numbers`);
  wanted.forEach((e, i) =>
    assert.ok(
      Math.abs(got[i]! - e) <= atol + rtol * Math.abs(e),
      `${what}[${i}]: expected ${e}, got ${got[i]}; they differ by ${Math.abs(got[i]! - e)}`,
    ),
  );
}
