/** Temperatures of sets and of modalities: never worse where they were fitted, and no answer of a set changes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { logitLoss } from "fusion/dist/calibration/log-loss";
import { fitModalityTemperature } from "fusion/dist/calibration/modality-temperature";
import { fitSubsetTemperature } from "fusion/dist/calibration/subset-temperature";
import { classTable } from "fusion/dist/calibration/class-table";
import { anyAnswers, asked, fitted } from "./answers-of-fixture";

/** Logits in steps that a double can tell apart at every temperature, so that an answer is one answer. */
const stepped = anyAnswers(1, 20).map(({ logits, ...others }) => ({
  ...others,
  logits: { ...logits, values: logits.values.map((z, i) => Math.round(z) + (i % 3) / 10) },
}));

const bestOf = (values: Float64Array): number[] =>
  Array.from({ length: values.length / 3 }, (_, i) => {
    const row = [...values.subarray(3 * i, 3 * i + 3)];
    return row.indexOf(Math.max(...row));
  });

test("with each set of sensors the likelihood is never worse where it was fitted, and the answer is the same", () => {
  fc.assert(
    fc.property(stepped, stepped, (all, few) => {
      const sets = [
        { present: ["hand", "heart"], of: all },
        { present: ["heart"], of: few },
      ];
      const temperatures = fitSubsetTemperature(
        sets.map(({ present, of }) => ({ present, answers: fitted(of.logits, of.labels) })),
      );
      for (const { present, of } of sets) {
        const { fittedOn, probabilities } = temperatures.of(present);
        assert.ok(fittedOn.lossAfter <= fittedOn.lossBefore + 1e-9, present.join("+"));
        const said = probabilities(asked(of.logits, of.labels)).values;
        const wanted = bestOf(of.logits.values);
        // at the coldest bound what is not the answer is rounded to 0; at the hottest the answer stays ahead
        assert.deepEqual(bestOf(said), wanted);
      }
    }),
    { seed: 1 },
  );
});

test("what each modality says alone is never less likely with its temperature", () => {
  fc.assert(
    fc.property(
      anyAnswers(1, 20),
      fc.double({ min: 0.1, max: 5, noNaN: true }),
      ({ logits, labels }, size) => {
        const other = { ...logits, values: logits.values.map((z) => size * z) };
        const { temperatures } = fitModalityTemperature({
          alone: { hand: fitted(logits, labels), heart: fitted(other, labels) },
          presence: new Uint8Array(2 * labels.length).fill(1),
        });
        for (const [name, alone] of Object.entries({ hand: logits, heart: other }))
          assert.ok(logitLoss(alone, labels, temperatures[name]) <= logitLoss(alone, labels) + 1e-9, name);
      },
    ),
    { seed: 1 },
  );
});

test("a modality that is never wrong goes to the coldest bound, one that is right half of the time to the hottest", () => {
  const [heart, hand] = [
    [
      [0.2, 0],
      [0, 0.2],
      [0.2, 0],
      [0, 0.2],
    ],
    [
      [3, 0],
      [3, 0],
      [0, 3],
      [0, 3],
    ],
  ].map(classTable) as [ReturnType<typeof classTable>, ReturnType<typeof classTable>];
  const labels = Int32Array.from([0, 1, 0, 1]);
  const { temperatures } = fitModalityTemperature({
    alone: { heart: fitted(heart, labels), hand: fitted(hand, labels) },
    presence: new Uint8Array(8).fill(1),
  });
  assert.equal(temperatures["heart"], 0.01); // never wrong: as sure as may be
  assert.equal(temperatures["hand"], 100); // right in two of four: as unsure as may be
});
