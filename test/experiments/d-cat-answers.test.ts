/** From trainings to answers, by hand: fair floors, differences of gains, the gate's rule, signs and costs. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { costRows } from "fusion/dist/experiments/d-cat-cost";
import { dCat, learnerFor, type Fitness, type Task } from "fusion/dist/experiments/d-cat-design";
import { type GateCase, gateCases, learnGateRule, testGateRule } from "fusion/dist/experiments/d-cat-gate";
import type { DCatResult } from "fusion/dist/experiments/d-cat-result";
import { signRows } from "fusion/dist/experiments/d-cat-signs";
import { differenceOf, gains, negativeTransfer } from "fusion/dist/experiments/d-cat-summary";
import { armFacts, countVerdicts, gainRows } from "fusion/dist/experiments/d-cat-tables";
import { codeOfDCat, dCatStudy } from "fusion/dist/experiments/d-cat-study";
import { tasksOf } from "fusion/dist/experiments/d-cat-tasks";
import { engineIdentity } from "fusion/dist/engine/start";
import { keptDCat } from "fusion";

const learner = learnerFor("shared-private", "fitted", "tiny");
const people = ["a", "b", "c", "d", "e", "f"];

interface Made {
  readonly method?: Task["method"];
  readonly target?: string;
  readonly fitness?: Partial<Record<"target" | "source", Fitness>>;
  /** Of everybody, or of each. */
  readonly macroF1: number | readonly number[];
  readonly change?: Partial<DCatResult>;
}

/** A result of which only what is asked here is real. */
function made({ method = { kind: "alone" }, target = "poor", fitness, macroF1, change }: Made): DCatResult {
  const scores = (f1: number) => ({
    ...{ windows: 1, accuracy: f1, macroF1: f1, negativeLogLikelihood: 1, ece: 0.2 },
    scaled: { negativeLogLikelihood: f1, ece: 0.1 },
  });
  const of = (i: number): number => (typeof macroF1 === "number" ? macroF1 : macroF1[i]!);
  const subjects = people.map((subject, i) => ({ subject, ...scores(of(i)) }));
  const task: Task = {
    ...{ data: "shared-private", split: "id", fold: 0, seed: 1, target, method, learner },
    ...{ sourceLearner: learner, fitness: { target: "fitted", source: "fitted", ...fitness } },
  };
  return {
    ...{ task, sources: [], gradients: [], inputs: [`${target}_values`, "presence"] },
    ...{ parameters: 10, steps: 5, stopMacroF1: of(0) },
    scores: [{ domain: "as recorded", pooled: scores(of(0)), subjects }],
    ...change,
  } as unknown as DCatResult;
}

const taught = { ...dCat, sources: ["rich"] };

test("an over-fitted target beside a source is held against an over-fitted one alone", () => {
  const over = { target: "over-fitted" } as const;
  const results = [
    made({ macroF1: 0.75 }),
    made({ macroF1: 0.5, fitness: over }),
    made({ method: taught, fitness: over, macroF1: 0.625 }),
  ];
  const [gain] = gains(results);
  assert.deepEqual([gain!.mean, gain!.second, gain!.verdict], [0.125, "alone, target over-fitted", "better"]); // prettier-ignore
  assert.equal(gains(results, { floor: "alone" })[0]!.mean, -0.125);
});

test("a floor that has sources is of the same direction", () => {
  const results = ["rich", "second"].flatMap(
    (source, i) =>
    [1, 10].map((lambda) => made({ method: { ...taught, sources: [source], lambda }, macroF1: 0.5 + i / 4 - (lambda > 1 ? i / 8 : 0) })), // prettier-ignore
  );
  const rows = gains(results, { floor: "D-CAT, λ 1" });
  assert.deepEqual(rows.map(({ direction, mean }) => [direction, mean]), [["rich → poor", 0], ["second → poor", -0.125]]); // prettier-ignore
});

test("likelihood after a temperature is another score, and a temperature changes no decision", () => {
  const results = [made({ macroF1: 0.5 }), made({ method: taught, macroF1: 0.25 })];
  const [raw, scaled] = [false, true].map((isScaled) => gains(results, { score: "negativeLogLikelihood", isScaled })[0]!); // prettier-ignore
  assert.deepEqual([raw!.mean, scaled!.mean, scaled!.verdict], [0, -0.25, "better"]);
  assert.throws(
    () => gains(results, { isScaled: true }),
    /expected ece or negativeLogLikelihood, got macroF1/,
  );
});

test("what lies below 0 by less than 2 points is not worse by them, and yet in the report of negative transfer", () => {
  const results = [made({ macroF1: 0.5 }), made({ method: taught, macroF1: 0.49 })];
  const all = gains(results);
  assert.deepEqual(countVerdicts(all), { better: 0, "not worse by more than 2 points": 1, undecided: 0, worse: 0 }); // prettier-ignore
  assert.deepEqual(negativeTransfer(results), all);
});

test("the difference of two gains is person by person; of other floors it is refused", () => {
  const control = { ...taught, pairing: { kind: "shuffled over everything" } as const };
  const results = [
    made({ macroF1: 0.5 }),
    made({ method: taught, macroF1: [0.75, 0.75, 0.75, 0.5, 0.5, 0.5] }),
    made({ method: control, macroF1: [0.5, 0.5, 0.5, 0.25, 0.25, 0.25] }),
  ];
  const [own, shuffled] = gains(results) as [ReturnType<typeof gains>[0], ReturnType<typeof gains>[0]];
  const difference = differenceOf(own, shuffled);
  assert.deepEqual([difference.mean, difference.lower, difference.upper, difference.verdict], [0.25, 0.25, 0.25, "better"]); // prettier-ignore
  assert.deepEqual(gainRows([difference])[0], { direction: "rich → poor", split: "ID", arm: "D-CAT, λ 1", minus: "D-CAT, λ 1, shuffled over everything", gain: 0.25, from: 0.25, to: 0.25, people: 6, verdict: "better" }); // prettier-ignore
  assert.throws(() => differenceOf(own, { ...shuffled, second: "other" }), /expected gains over alone/);
});

test("what the source was right about, and λ times the ratio of gradients, are means over runs", () => {
  const source = (open: number) => ({ name: "rich", open, trainAccuracy: 0.5, bytes: 4 });
  const gradients = [
    { epoch: 1, crossEntropy: 2, alignment: 1 },
    { epoch: 2, crossEntropy: 1, alignment: 4 },
  ];
  const run = (open: number) => made({ method: { ...taught, lambda: 0.5 }, macroF1: 0.5, change: { gradients, sources: [source(open)] } }); // prettier-ignore
  const [fact] = armFacts([run(0.25), run(0.75), made({ macroF1: 1 })]);
  assert.deepEqual([fact!.open, fact!.sourceAccuracy, fact!.ratioFirst, fact!.ratioLast], [0.5, 0.5, 0.25, 2]); // prettier-ignore
  assert.deepEqual([fact!.lambda, fact!.normalisation], [0.5, "none"]);
});

test("a gate's case is a pair of arms that differ in the gate alone", () => {
  const source = [{ name: "rich", open: 0.75, trainAccuracy: 0.75, bytes: 4 }];
  const results = [
    made({ method: taught, macroF1: 0.75, change: { sources: source } }),
    made({ method: { ...taught, gate: "off" }, macroF1: 0.5 }),
    made({ method: { ...taught, gate: "out-of-fold" }, macroF1: 0 }),
    made({ method: { ...taught, lambda: 10 }, macroF1: 0 }),
  ];
  const [one, ...others] = gateCases(results);
  assert.equal(others.length, 0);
  assert.deepEqual([one!.open, one!.lambda, one!.each.map(({ difference }) => difference)], [0.75, 1, people.map(() => 0.25)]); // prettier-ignore
});

test("a rule is the threshold that pays most where it was learned, and is tested person by person", () => {
  const one = (open: number, difference: number): GateCase => ({
    ...{ data: "x", split: "id", direction: "a → b", source: "fitted", lambda: 1, open },
    each: people.map((subject) => ({ subject, difference })),
  });
  assert.deepEqual(learnGateRule([one(0.25, -0.5), one(0.75, 0.5)]), { atLeast: 0.5 });
  assert.deepEqual(learnGateRule([one(0.25, 0.5), one(0.75, 0.5)]), { atLeast: 0 });
  assert.deepEqual(learnGateRule([one(0.25, -0.5), one(0.75, -0.5)]), { atLeast: Infinity });
  const rows = testGateRule({ atLeast: 0.5 }, [one(0.25, -0.5), one(0.75, 0.25)]);
  // against always: the first case gains 0.5, the second 0; against never: 0 and 0.25
  assert.deepEqual(rows.map(({ gain, verdict }) => [gain, verdict]), [[0.25, "better"], [0.125, "better"]]); // prettier-ignore
});

test("signs: strong to weak above 0, weak to strong about 0, λ 10 below λ 1; each as claimed, against or undecided", () => {
  const both = (rich: readonly number[], poor: number, ten: number) =>
    signRows([
      made({ macroF1: 0.5 }),
      made({ target: "rich", macroF1: 0.75 }),
      made({ method: taught, macroF1: 0.5 + poor }),
      made({ method: { ...taught, lambda: 10 }, macroF1: 0.5 + poor + ten }),
      made({ target: "rich", method: { ...dCat, sources: ["poor"] }, macroF1: rich }),
    ]).map(({ claim, sign }) => [claim.split(/[,:]/)[0], sign]);
  const [strong, weak, ten] = ["strong to weak", "weak to strong", "λ 10 below λ 1"];
  assert.deepEqual(both(people.map(() => 0.75), 0.125, -0.125), [[strong, "as claimed"], [weak, "as claimed"], [ten, "as claimed"]]); // prettier-ignore
  assert.deepEqual(both(people.map(() => 0.875), -0.125, 0.125), [[strong, "against the claim"], [weak, "against the claim"], [ten, "against the claim"]]); // prettier-ignore
  assert.deepEqual(both([0.75, 0.75, 0.75, 0.75, 0.75, 0.875], 0, 0), [[strong, "undecided"], [weak, "undecided"], [ten, "undecided"]]); // prettier-ignore
});

test("costs: parameters and sensors at inference, bytes of all sources, the middle of the known seconds", () => {
  const method: Task["method"] = { kind: "both", sources: ["rich"] };
  const rows = costRows(
    [
      made({ macroF1: 1 }),
      made({ method, macroF1: 1, change: { parameters: 30, inputs: ["rich_values", "poor_values"] } }),
      made({ method: taught, macroF1: 1, change: { sources: [{ name: "rich", open: 1, trainAccuracy: 1, bytes: 8 }] } }), // prettier-ignore
    ],
    ["alone", "both sensors at inference", "D-CAT, λ 1"],
    ({ parameters }) => (parameters === 30 ? 7 : undefined),
  );
  assert.deepEqual(
    rows.map((row) => [row.parameters, row.sensors, row.bytesPerWindow, row.medianSeconds]),
    [[10, 1, 0, undefined], [30, 2, 0, 7], [10, 1, 8, undefined]], // prettier-ignore
  );
});

test("a result of this code whose task is wanted is not stale, whatever the order of its fields; another's is", () => {
  const folder = mkdtempSync(join(tmpdir(), "fusion-stale-"));
  try {
    const wanted = tasksOf("d-cat-pamap2", "full").find(({ method }) => method.kind === "transfer")!;
    const scores = { windows: 1, accuracy: 1, macroF1: 1, negativeLogLikelihood: 1, ece: 0 };
    const whole = {
      ...{
        experiment: "d-cat-pamap2",
        profile: "full",
        key: "x",
        task: wanted,
        data: { name: "pamap2", hash: "" },
      },
      ...{ engine: engineIdentity(), code: codeOfDCat(), classes: ["a"], majorityAccuracy: 1, parameters: 1 },
      fold: { split: "", heldOut: "", train: 1, stop: 0, calibration: 0, test: 1 },
      ...{ inputs: [], steps: 1, bestEpoch: 1, history: [], gradients: [], weights: null, sources: [] },
      ...{ stopMacroF1: null, temperature: 1 },
      scores: [
        {
          domain: "as recorded",
          pooled: { ...scores, scaled: { negativeLogLikelihood: 1, ece: 0 } },
          subjects: [],
        },
      ],
    };
    const isStale = (change: object): boolean => {
      const file = join(folder, "x.json");
      writeFileSync(file, JSON.stringify({ ...whole, ...change }));
      return dCatStudy("d-cat-pamap2").isStale(file);
    };
    assert.equal(isStale({}), false);
    assert.equal(isStale({ code: "older" }), true);
    assert.equal(isStale({ task: { ...wanted, seed: 3 } }), true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a notebook without trainings on real data has none, and does not fail", () => {
  const empty = mkdtempSync(join(tmpdir(), "fusion-kept-"));
  try {
    assert.deepEqual(keptDCat({ keptResults: empty }), []);
  } finally {
    rmSync(empty, { recursive: true });
  }
});
