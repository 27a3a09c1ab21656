import assert from "node:assert/strict";
import { test } from "node:test";
import { spread } from "fusion/dist/figures/spread";
import fc from "fast-check";

test("labels that lie apart stay where they are", () => assert.deepEqual(spread([3, 1, 2], 1), [3, 1, 2]));

test("two labels in one place move half a gap each", () => assert.deepEqual(spread([5, 5, 9], 1), [4.5, 5.5, 9]));

test("moved labels keep their order, their distance and their mean", () => {
  const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(places, (wanted) => {
      const found = spread(wanted, 0.1);
      const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]!);
      for (let k = 1; k < order.length; k++) assert.ok(found[order[k]!]! - found[order[k - 1]!]! > 0.1 - 1e-9);
      const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
      assert.ok(Math.abs(sum(found) - sum(wanted)) < 1e-9);
    }),
    { seed: 1 },
  );
});
