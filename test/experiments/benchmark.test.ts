/** Committed benchmark rows are read as they were written, and refused where they are none. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readBenchmark } from "fusion/dist/experiments/benchmark";

const row = {
  ...{ model: "lstm-64", batch: 32, engine: "native", way: "PyTorch, default malloc", milliseconds: 5 },
  ...{ ratio: 0.9, ratioLower: 0.8, ratioUpper: 1, target: 1.1, shareOfPeak: null, parameters: 1 },
  ...{ firstStepSeconds: 1, memoryMegabytes: null },
};
const place = { processor: "p", libraries: { PyTorch: "2.13.0" } };

function kept(content: unknown, check: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "fusion-bench-"));
  try {
    mkdirSync(join(folder, "bench"));
    writeFileSync(join(folder, "bench", "encoders.json"), JSON.stringify(content));
    check(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("rows come back with what a cost table needs, and leave out the rest", () =>
  kept({ place, rows: [{ ...row, gflops: 3 }], refusals: [] }, (folder) =>
    assert.deepEqual(readBenchmark(folder, "encoders"), { place, rows: [row] }),
  ));

test("a row without a ratio is refused by place, with the command that measures", () =>
  kept({ place, rows: [{ ...row, ratio: undefined }] }, (folder) =>
    assert.throws(
      () => readBenchmark(folder, "encoders"),
      /encoders\.json: expected rows of a benchmark, got rows\.0\.ratio: .*; run: npm run bench -- encoders --keep/,
    ),
  ));

test("what was never measured is named with the command that measures it", () =>
  assert.throws(() => readBenchmark("nowhere", "encoders"), {
    message:
      "readBenchmark: expected nowhere/bench/encoders.json, got none; run: npm run bench -- encoders --keep",
  }));
