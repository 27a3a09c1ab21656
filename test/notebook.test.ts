import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  argmax,
  coincidenceOf,
  keptDescription,
  keptResults,
  predictor,
  trainedModel,
  trainHere,
} from "fusion";
import { staleNote } from "fusion/dist/notebook";
import { openWorkspace } from "fusion/dist/workspace";

test("results of the code that runs need no word", () => {
  assert.equal(staleNote("results", 0, 2), undefined);
});

test("results of older code are counted, with the command that renews them", () => {
  assert.equal(
    staleNote("results of loso", 1, 2),
    "**Stale**: of the results of loso, 1 of 2 were made by older code than this. Where the data are, `npm run results` renews them.",
  );
});

test("results that were never made are an error with the command that makes them", () => {
  const keptIn = mkdtempSync(join(tmpdir(), "fusion-"));
  try {
    const place = { keptResults: keptIn };
    assert.throws(
      () => keptResults("loso-pamap2", place),
      /keptResults: expected results\/full\/loso-pamap2, got none; .*npm run results -- loso-pamap2/,
    );
    assert.throws(
      () => keptDescription("pamap2", place),
      /readDescription: expected a description in .*describe-pamap2, got none; .*npm run results/,
    );
  } finally {
    rmSync(keptIn, { recursive: true });
  }
});

test("a trained model can be asked again: it answers as its result says, and its untrained self does not", async () => {
  const build = mkdtempSync(join(tmpdir(), "fusion-"));
  try {
    const place = openWorkspace(process.cwd(), {
      FUSION_BUILD: build,
      FUSION_PROFILE: "tiny",
      FUSION_FRESH: "1",
    });
    const name = "attention-coincidence";
    const [result] = await trainHere(name, place, { keepModels: true });
    const { model, untrained, scaler, windows, fold } = await trainedModel(name, result!, place);
    const right = async (asked: typeof model): Promise<number> => {
      const predict = predictor(asked, scaler);
      const logits = await predict(windows, fold.test);
      predict.dispose();
      return logits.filter((row, i) => argmax(row) === windows.targets[fold.test[i]!]).length / logits.length;
    };
    assert.equal(await right(model), result!.pooled.accuracy);
    const weights = (asked: typeof model): number[] => [...asked.getWeights()[0]!.dataSync()];
    assert.notDeepEqual(weights(model), weights(untrained));

    const { truth, windows: same } = coincidenceOf(name, place);
    assert.equal(same.hash, windows.hash);
    assert.ok(truth.every(({ slot, arrangement }, w) => windows.targets[w] === arrangement[slot]));

    // a result whose model was deleted is made again
    const folder = join(build, "models", result!.key);
    rmSync(folder, { recursive: true });
    assert.deepEqual((await trainHere(name, place, { keepModels: true }))[0], result);
    assert.ok(existsSync(folder));
    await assert.rejects(
      trainedModel(name, { ...result!, key: "0" }, place),
      /trainedModel: expected a result of attention-coincidence under this code, got the key 0; take it from trainHere/,
    );
    assert.throws(
      () => coincidenceOf("loso-pamap2", place),
      /coincidenceOf: expected an experiment on "coincidence", got loso-pamap2 on "pamap2"/,
    );
  } finally {
    rmSync(build, { recursive: true });
  }
});
