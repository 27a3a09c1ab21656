/** Some runs of a grid failed; all others are made and kept. */
import type { FailedRun } from "./make-all";

export class FailedRuns<Made> extends Error {
  constructor(
    readonly failures: readonly FailedRun[],
    readonly results: readonly Made[],
    of: number,
  ) {
    const lines = failures.map(({ key, title, error }) => `  ${key} ${title}: ${error.message}`);
    super(
      `runPlan: expected ${of} runs, got ${results.length}, since these failed; mend the cause and start it again, the others stay:\n${lines.join("\n")}`,
    );
  }
}
