/** Masks that hang on names: the same for every method, with the shares that arithmetic says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { missingPlan, realisedShare, shareLeft, subsetHistogram } from "fusion";
import { type PlannedSamples, planHash } from "fusion/dist/data/missing-plan";

const samples = (count: number, modalities = 4): PlannedSamples => ({
  ids: Array.from({ length: count }, (_, i) => `sample ${i}`),
  groups: Array.from({ length: count }, (_, i) => `person ${Math.floor(i / 100)}`),
  labels: Array.from({ length: count }, (_, i) => i % 3),
  presence: new Uint8Array(count * modalities).fill(1),
  modalities,
});
const random = (p: number) => ({ rule: { kind: "at-random", p }, seed: 1, data: "test" }) as const;

test("a mask hangs on the sample's name: in another order, or among others, it is the same", () => {
  const some = samples(50);
  const plan = missingPlan(some, random(0.5));
  const back = { ...some, ids: [...some.ids].reverse() };
  const reversed = missingPlan(back, random(0.5));
  for (let i = 0; i < 50; i++)
    assert.deepEqual(reversed.slice(i * 4, i * 4 + 4), plan.slice((49 - i) * 4, (49 - i) * 4 + 4));
  assert.equal(planHash(plan), planHash(missingPlan(some, random(0.5))));
  assert.notEqual(planHash(plan), planHash(missingPlan(some, { ...random(0.5), seed: 2 })));
});

test("the realised share is (1 - p) / (1 - p^M), more than 1 - p, and nobody is empty", () => {
  const count = 4000;
  for (const p of [0, 0.2, 0.4, 0.6, 0.8]) {
    const plan = missingPlan(samples(count), random(p));
    // 16,000 draws, nearly independent: five standard errors of 0.004
    assert.ok(Math.abs(shareLeft(plan) - realisedShare(p, 4)) < 0.02, `${p}: ${shareLeft(plan)}`);
    assert.equal(subsetHistogram(plan, 4).has("none"), false);
  }
  assert.ok(Math.abs(realisedShare(0.8, 2) - 0.2 / 0.36) < 1e-12);
});

test("as published, p^4 of the samples are kept with nothing left", () => {
  for (const [p, empty] of [[0.2, 0.0016], [0.6, 0.1296], [0.8, 0.4096]] as const) {
    const plan = missingPlan(samples(4000), { ...random(p), empty: "keep" });
    const share = (subsetHistogram(plan, 4).get("none") ?? 0) / 4000;
    assert.ok(Math.abs(share - empty) < 5 * Math.sqrt((empty * (1 - empty)) / 4000), `${p}: ${share}`);
  }
});

test("what was not measured is never left, what must stay stays, what must go goes", () => {
  const some = samples(200);
  some.presence.forEach((_, i) => (some.presence[i] = Number(i % 4 !== 2)));
  const plan = missingPlan(some, { ...random(0.6), always: [0], never: [3] });
  for (let i = 0; i < 200; i++) assert.deepEqual([plan[4 * i], plan[4 * i + 2], plan[4 * i + 3]], [1, 0, 0]);
  assert.throws(() => missingPlan({ ...some, presence: new Uint8Array(800) }, random(0.1)), {
    message: /expected a modality that may be left of sample sample 0, got none/,
  });
});

test("unequal p, blocks and classes lose what they say", () => {
  const share = (plan: Uint8Array, m: number, keep: (i: number) => boolean = () => true): number => {
    const rows = Array.from({ length: plan.length / 4 }, (_, i) => i).filter(keep);
    return rows.reduce((sum, i) => sum + plan[4 * i + m]!, 0) / rows.length;
  };
  const unequal = missingPlan(samples(3000), { ...random(0), rule: { kind: "at-random", p: [0, 0.2, 0.5, 0.9] } });
  [1, 0.8, 0.5, 0.1].forEach((left, m) => assert.ok(Math.abs(share(unequal, m) - left) < 0.05, `${m}`));

  const blocks = missingPlan(samples(3000), { ...random(0), rule: { kind: "blocks", p: 0.4, length: 20 } });
  let changes = 0;
  for (let i = 1; i < 100; i++) changes += Number(blocks[4 * i] !== blocks[4 * i - 4]);
  assert.ok(changes <= 6, `${changes} changes in 5 blocks of 20`); // a rescued sample may add one
  assert.ok(Math.abs(share(blocks, 0) - realisedShare(0.4, 4)) < 0.12); // 150 blocks

  const classes = missingPlan(samples(3000), { ...random(0), rule: { kind: "by-class", p: 0.4, spread: 0.5 } });
  assert.ok(share(classes, 1, (i) => (i % 3) % 2 === 1) - share(classes, 1, (i) => (i % 3) % 2 === 0) > 0.25);
});
