/** Trains the fusion that its copy of the library has been given, on the problem of seconds: `node child.js loudest`. */
import { writeSync } from "node:fs";
import { startEngine } from "fusion";
import { type NetworkPreset, presets } from "fusion/dist/experiments/preset";
import { run } from "fusion/dist/experiments/run";
import { codeOfRun } from "fusion/dist/experiments/run-key";
import { planOfWords } from "fusion/dist/experiments/train-words";
import { problemFold, problemOptions, problemWindows } from "../train/problem";

async function main(fusion: string): Promise<void> {
  await startEngine();
  const named: Record<string, unknown> = presets;
  const preset = {
    ...(named[`${fusion}-conv`] as NetworkPreset),
    ...{ modalities: ["arm", "room"], dim: 8, hidden: 8, training: { ...problemOptions, epochs: 10 } },
  };
  const windows = problemWindows();
  const fold = problemFold(windows);
  const source = { data: "pamap2", split: { kind: "fixed-subjects" } } as const;
  const { pooled, majorityAccuracy, code } = await run({
    ...{ experiment: "own", profile: "tiny", presetName: "own", preset, windows, fold, seed: 1, source },
  });
  const early = codeOfRun({ preset: presets["early-conv"], source });
  const [word] = planOfWords({ data: "pamap2-simulated", fusion }, "tiny").presets;
  writeSync(
    1,
    `${JSON.stringify({ accuracy: pooled.accuracy, majorityAccuracy, code, early, word: word!.presetName })}\n`,
  );
  process.exit(0);
}

void main(process.argv[2]!);
