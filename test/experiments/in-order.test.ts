import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder } from "fusion/dist/experiments/in-order";

const kept = [{ about: { p: 0.8 } }, { about: { p: 7 } }, { about: { p: 0 } }];
const asked = [{ p: 0 }, { p: 0.4 }, { p: 0.8 }];

test("results stand where they were asked for, and those of no question last", () => {
  assert.deepEqual(
    inOrder(kept, asked, ({ about }) => about).map(({ about }) => about.p),
    [0, 0.8, 7],
  );
  assert.equal(kept[0]!.about.p, 0.8); // the given list is left as it was
});
