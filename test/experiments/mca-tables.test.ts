/** Signs, costs, growth, calibration of sets: on numbers made by hand, of which the answer is known. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { growthOf, type McaResult, mcaSigns, modalityCosts, readMcaBench } from "fusion";
import { calibrationOfSet } from "fusion/dist/experiments/mca-calibration";
import { costOptions } from "fusion/dist/experiments/mca-costs";
import { trapsOf } from "fusion/dist/experiments/mca-names";
import { publishedPasses, publishedSwitches } from "fusion/dist/experiments/mca-asked";
import { mcaStudies } from "fusion/dist/experiments/mca-design";
import { fusionNetwork } from "fusion/dist/contrastive/fusion-network";

const [plain] = mcaStudies["mca-simulated"].runs("tiny");
const groups = ["a", "b", "c", "d"];

/** Of a method at p: accuracy, R@10 with and without the query, uniformity; groups differ by thousandths. */
function result(
  method: "mca" | "zorro" | "everything",
  p: number,
  numbers: readonly [number, number, number, number],
) {
  const of = (x: number) =>
    Object.fromEntries(groups.map((g, i) => [g, x + (method === "mca" ? i / 1000 : 0)]));
  const [accuracy, withQuery, without, uniformity] = numbers;
  const found = (x: number) =>
    Object.fromEntries(
      Object.entries(of(x)).map(([g, recall10]) => [g, { queries: 9, recall1: 0, recall10, meanRank: 5 }]),
    );
  return {
    options: { ...plain!, method, missing: { kind: "at-random", p }, steps: 6 },
    tests: [
      {
        p,
        groups: of(accuracy),
        retrieval: [true, false].map((query) => ({
          withQuery: query,
          groups: found(query ? withQuery : without),
        })),
        space: { uniformity: { groups: of(uniformity) } },
      },
    ],
  } as unknown as McaResult;
}

test("signs are differences over groups, found as they were made", () => {
  const signs = mcaSigns([
    ...[result("mca", 0, [0.9, 0.6, 0.5, -2]), result("mca", 0.6, [0.7, 0.5, 0.4, -1.9])],
    ...[result("zorro", 0, [0.8, 0.5, 0.4, -2]), result("zorro", 0.6, [0.8, 0.4, 0.5, -1])],
    ...[result("everything", 0, [0.8, 0.9, 0.5, -2]), result("everything", 0.6, [0.8, 0.9, 0.5, -2])],
  ]);
  const finding = (sign: string, what: RegExp, p: string) =>
    signs.find((row) => row.sign === sign && what.test(row.what) && row.p === p)!;
  assert.equal(finding("a", /probe/, "0").finding, "as expected");
  assert.ok(Math.abs(finding("a", /probe/, "0").mean - 0.1015) < 1e-12);
  assert.equal(finding("a", /probe/, "0.6").finding, "the opposite");
  assert.equal(finding("a", /R@10/, "0.6").finding, "the opposite");
  assert.equal(finding("b", /everything at once - MCA/, "0").finding, "as expected");
  assert.equal(finding("b", /lead over MCA/, "0").finding, "as expected"); // 0.3 with, nothing without
  assert.equal(finding("c", /uniformity/, "0 to 0.6").finding, "as expected"); // 0.1 against 1
  assert.ok(signs.every((row) => row.groups === 4));
  // of what is not there nothing is said
  assert.deepEqual(mcaSigns([]), []);
  const alone = mcaSigns([result("mca", 0, [0.9, 0.6, 0.5, -2])]);
  assert.deepEqual(alone, []);
});

test("each switch of the study is named as the trap that it is, alone", () => {
  for (const [trap, changes] of Object.entries(publishedSwitches))
    if (/^M\d+$/.test(trap)) assert.deepEqual(trapsOf({ ...plain!, method: "mca", ...changes }), [trap]);
  for (const [trap, changes] of Object.entries(publishedPasses))
    assert.deepEqual(trapsOf({ ...plain!, method: "everything", ...changes }), [trap]);
  const all = publishedSwitches["all of MCA's"];
  assert.deepEqual(trapsOf({ ...plain!, method: "mca", ...all }), ["M1", "M2", "M3", "M4", "M6", "M7"]);
});

test("the simulated study asks for every way of losing, in standard and with all methods in full", () => {
  const kinds = (profile: "standard" | "full") =>
    new Set(
      mcaStudies["mca-simulated"]
        .runs(profile)
        .map(({ missing, always, never }) =>
          [missing.kind, Array.isArray(missing.p) ? "unequal" : "", always.join(), never.join()]
            .join(" ")
            .trim(),
        ),
    );
  for (const profile of ["standard", "full"] as const)
    for (const kind of [
      "at-random",
      "at-random unequal",
      "at-random  0",
      "at-random   3",
      "blocks",
      "by-class",
    ])
      assert.ok(kinds(profile).has(kind), `${profile}: ${kind} of ${[...kinds(profile)].join("; ")}`);
});

test("costs are those of the formula, and of the network that is made", async () => {
  const [mca, zorro, one, everything] = await modalityCosts(4);
  // four tokens each: sets of k modalities read 4 k tokens and their own
  assert.equal(mca!.tokens, 16 + 11);
  assert.equal(mca!.pairs, 4 * 16 + 6 * 9 + 4 * 13 + 1 * 17);
  assert.equal(zorro!.pairs, 4 * 16 + 11 * 27);
  assert.equal(one!.tokens, 17);
  assert.equal(everything!.tokens, 16 + 12 * 4); // each modality is in three pairs, too
  assert.equal(everything!.pairs, (4 * 1 + 6 * 4) * 16); // 28 n²
  const made = fusionNetwork({ ...costOptions(4), design: "mca" });
  assert.equal(
    mca!.parameters,
    Object.values(made.weights).reduce((sum, weight) => sum + weight.size, 0),
  );
  made.dispose();
  assert.ok(mca!.multiplyAdds > zorro!.multiplyAdds - 1 && everything!.multiplyAdds > mca!.multiplyAdds);
});

test("growth: powers and factors are told apart, and found", () => {
  const rows = (cost: (m: number) => number) =>
    [2, 3, 4, 5, 6].map((m) => ({ modalities: m, cost: cost(m) }));
  const cubic = growthOf(rows((m) => 7 * m ** 3));
  assert.equal(cubic.better, "power");
  assert.ok(Math.abs(cubic.power - 3) < 1e-9 && Math.abs(cubic.explained.power - 1) < 1e-9);
  const doubling = growthOf(rows((m) => 5 * 2 ** m));
  assert.equal(doubling.better, "factor");
  assert.ok(Math.abs(doubling.factor - 2) < 1e-9);
  assert.throws(() => growthOf(rows((m) => m).slice(0, 2)), /three numbers of modalities/);
});

test("a set that is too sure is mended by a temperature of its own, and its class order stays", () => {
  // two classes; says 0.9 and is right in 6 of 10: the temperature of least loss makes it say 0.6
  const labels = Int32Array.from({ length: 10 }, (_, i) => Number(i >= 6));
  const answered = {
    labels,
    probabilities: Float64Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 0.9 : 0.1)),
  };
  const certain = { labels: new Int32Array(10), probabilities: answered.probabilities };
  const set = calibrationOfSet(answered, certain, answered, 2);
  const expected = Math.log(9) / Math.log(1.5);
  assert.ok(Math.abs(set.own!.temperature! - expected) < 1e-6);
  assert.ok(set.own!.calibrationError! < 1e-9);
  assert.ok(Math.abs(set.adaptive! - (0.6 * 0.1 + 0.4 * 0.9)) < 1e-12); // ten answers in fifteen bins: one each
  assert.ok(Math.abs(set.logLoss! - -(0.6 * Math.log(0.9) + 0.4 * Math.log(0.1))) < 1e-12);
  assert.ok(set.complete!.calibrationError! > 0.3); // validation was always right: surer still
  assert.equal(calibrationOfSet(answered, null, null, 2).own, null);
});

test("a measured part of the benchmark is read, another is left alone, and a wrong one is named", () => {
  const folder = mkdtempSync(join(tmpdir(), "mca-bench-"));
  assert.equal(readMcaBench(folder), undefined);
  const write = (content: object): void => {
    mkdirSync(join(folder, "bench"), { recursive: true });
    writeFileSync(join(folder, "bench", "mca.json"), JSON.stringify(content));
  };
  write({ place: {}, rows: [] });
  assert.equal(readMcaBench(folder), undefined);
  const row = {
    method: "MCA",
    modalities: 2,
    batch: 32,
    tokens: 9,
    parameters: 1,
    milliseconds: 2,
    lower: 1,
    upper: 3,
    memoryMegabytes: null,
  };
  write({ modalities: { processor: "one", rows: [row] } });
  assert.deepEqual(readMcaBench(folder)!.rows, [row]);
  write({ modalities: { processor: "one", rows: [{ ...row, tokens: "nine" }] } });
  assert.throws(() => readMcaBench(folder), /rows\.0\.tokens/);
  rmSync(folder, { recursive: true });
});
