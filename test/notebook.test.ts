import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { keptDescription, keptResults } from "fusion";
import { staleNote } from "fusion/dist/notebook";

test("results of the code that runs need no word", () => {
  assert.equal(staleNote("results", [{ code: "a" }, { code: "a" }], "a"), undefined);
});

test("results of older code are counted, with the command that renews them", () => {
  assert.equal(
    staleNote("results of loso", [{ code: "a" }, { code: "b" }], "a"),
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
