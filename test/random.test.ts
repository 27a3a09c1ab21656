import assert from "node:assert/strict";
import { test } from "node:test";
import { randomFor, seedFor } from "fusion";

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

for (const draw of [1, 2, 3])
  test(`draw ${draw} of a stream is uniform over streams`, () => {
    const streams = 4000;
    const values = Array.from({ length: streams }, (_, seed) => {
      const random = randomFor(seed, "test");
      return Array.from({ length: draw }, () => random.uniform()).at(-1)!;
    });
    // a mean of n uniform numbers deviates by 1/sqrt(12 n), a share of a tenth by sqrt(.09 / n); five deviations are allowed
    assert.ok(Math.abs(mean(values) - 0.5) < 5 / Math.sqrt(12 * streams), `mean ${mean(values)}`);
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = mean(values.map((x) => (Math.floor(10 * x) === tenth ? 1 : 0)));
      assert.ok(Math.abs(share - 0.1) < 5 * Math.sqrt(0.09 / streams), `tenth ${tenth}: ${share}`);
    }
  });

test("a stream is another one for another seed or other words, and the same for the same", () => {
  const first = (...[seed, ...purpose]: [number, ...(string | number)[]]): number =>
    randomFor(seed, ...purpose).uniform();
  assert.equal(first(1, "a"), first(1, "a"));
  assert.equal(new Set([first(1, "a"), first(2, "a"), first(1, "b"), first(1, "a", 0)]).size, 4);
  assert.notEqual(seedFor(1, "a"), seedFor(1, "b"));
});

test("a permutation has each number once, and the first place is as likely for any", () => {
  const firsts = Array.from({ length: 3000 }, (_, seed) => randomFor(seed, "order").permutation(6)[0]!);
  assert.deepEqual(
    [...randomFor(1, "order").permutation(50)].sort((a, b) => a - b),
    [...Array(50).keys()],
  );
  for (let i = 0; i < 6; i++) {
    const share = mean(firsts.map((x) => (x === i ? 1 : 0)));
    assert.ok(Math.abs(share - 1 / 6) < 5 * Math.sqrt(5 / 36 / 3000), `${i}: ${share}`);
  }
});
