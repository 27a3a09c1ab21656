/** The masks of MCA, Zorro and their controls against their truth tables, and a property of each. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  channelMask,
  everythingPasses,
  type MaskTable,
  modalityChannels,
  openMask,
  poolMask,
  poolMaskPublished,
  randomChannelMask,
  sampledPasses,
  tokenPlan,
  zorroMask,
} from "fusion";

const rowsOf = (table: MaskTable): string[] => table.map((row) => row.join(""));
const ones = (table: MaskTable): number => table.flat().reduce((a, b) => a + b, 0);
/** Three modalities of two, one and one tokens, and one token for each channel. */
const three = tokenPlan([2, 1, 1], modalityChannels(3), 1);

test("channels are all sets of two modalities or more: 1, 4, 11, 26, 57, 120, 247", () => {
  assert.deepEqual(modalityChannels(3), [
    [0, 1, 2],
    [0, 1],
    [0, 2],
    [1, 2],
  ]);
  const counts = [2, 3, 4, 5, 6, 7, 8].map((m) => modalityChannels(m).length);
  assert.deepEqual(counts, [1, 4, 11, 26, 57, 120, 247]);
  assert.deepEqual(
    counts,
    [2, 3, 4, 5, 6, 7, 8].map((m) => 2 ** m - m - 1),
  );
  assert.throws(() => modalityChannels(3, [1]), /expected sizes from 2 to 3, got 1; a modality alone needs/);
});

test("the channel mask of three modalities has the 22 ones of the official one", () => {
  assert.deepEqual(rowsOf(channelMask(three)), [
    ...["11000000", "11000000", "00100000", "00010000"],
    ...["11111000", "11100100", "11010010", "00110001"],
  ]);
  assert.equal(ones(channelMask(three)), 22);
});

test("Zorro's learned tokens read everything: 38 ones, and modalities read what they read under channels", () => {
  assert.deepEqual(rowsOf(zorroMask(three)).slice(4), Array(4).fill("11111111"));
  assert.deepEqual(rowsOf(zorroMask(three)).slice(0, 4), rowsOf(channelMask(three)).slice(0, 4));
  assert.equal(ones(zorroMask(three)), 38);
});

test("with one channel of all modalities, the channel mask is Zorro's", () => {
  const plan = tokenPlan([3, 2, 4, 1], [[0, 1, 2, 3]], 5);
  assert.deepEqual(channelMask(plan), zorroMask(plan));
});

test("embeddings are pooled from their own tokens, the last from all", () => {
  assert.deepEqual(rowsOf(poolMask(three)), [
    ...["11000000", "00100000", "00010000", "00001000", "00000100", "00000010", "00000001"],
    "11111111",
  ]);
});

test("the pooling of zorro-pytorch leaves the rows of single modalities empty", () => {
  const plan = tokenPlan([2, 2], [[0, 1]], 2); // tokens [a, a, v, v, f, f]
  assert.deepEqual(rowsOf(poolMask(plan)), ["110000", "001100", "000011", "111111"]);
  assert.deepEqual(rowsOf(poolMaskPublished(plan)), ["000000", "000000", "000011", "111111"]);
});

test("random channels have as many pairs as those of modalities, other ones, and the same again for the same seed", () => {
  const plan = tokenPlan([4, 4, 4], modalityChannels(3), 2);
  const [meant, dealt] = [channelMask(plan), randomChannelMask(plan, 1)];
  assert.equal(ones(dealt), ones(meant));
  assert.deepEqual(dealt.slice(0, 12), meant.slice(0, 12));
  assert.notDeepEqual(dealt.slice(14), meant.slice(14));
  assert.deepEqual(randomChannelMask(plan, 1), dealt);
  assert.notDeepEqual(randomChannelMask(plan, 2), dealt);
  assert.equal(ones(openMask(plan)), plan.size ** 2);
});

test("everything at once passes each modality and each pair, or a few pairs", () => {
  assert.deepEqual(everythingPasses(3), [[0], [1], [2], [0, 1], [0, 2], [1, 2]]);
  assert.equal(everythingPasses(4).length, 10);
  const few = sampledPasses(5, 3, 1);
  assert.deepEqual([few.length, few.filter((pass) => pass.length === 1).length], [8, 5]);
  assert.deepEqual(sampledPasses(5, 3, 1), few);
  assert.throws(() => sampledPasses(3, 4, 1), /expected 0 to 3 pairs, got 4/);
});

test("whatever the sizes, nothing but its own channel and its modalities reaches a channel", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 5 }),
      fc.integer({ min: 1, max: 3 }),
      (tokens, each) => {
        const plan = tokenPlan(tokens, modalityChannels(tokens.length), each);
        const table = channelMask(plan);
        const owner = [...plan.modalities, ...plan.channels].flatMap(
          (b) => Array(b.tokens).fill(b) as (typeof b)[],
        );
        table.forEach((row, q) =>
          row.forEach((open, k) => {
            const [asking, asked] = [owner[q]!, owner[k]!];
            const learned = asking.start >= plan.measured;
            const reads =
              asking === asked ||
              (learned && asked.start < plan.measured && asking.members.includes(asked.members[0]!));
            assert.equal(open, Number(reads), `${q} reads ${k}`);
          }),
        );
      },
    ),
    { seed: 1, numRuns: 40 },
  );
});
