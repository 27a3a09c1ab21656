/** `npm run train`: one preset on one data set, from the command line; the same runs and files as every experiment. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEngine } from "fusion";
import { encoders } from "fusion/dist/encoders/registry";
import { windowSources } from "fusion/dist/experiments/data-registry";
import { fusionModes } from "fusion/dist/experiments/eeg-audio-presets";
import { runPlan } from "fusion/dist/experiments/grid";
import type { MeanOverSubjects, TrainTable } from "fusion/dist/experiments/train-table";
import { trainTable } from "fusion/dist/experiments/train-table";
import { planOfWords } from "fusion/dist/experiments/train-words";
import { fusions } from "fusion/dist/fusion/registry";
import { checkProfile } from "fusion/dist/workspace";
import { gridTerminal, untilInterrupted } from "./run/grid-terminal";
import { checkJobs, folders, placesOf } from "./run/grids";

const list = (registry: object): string => Object.keys(registry).join(", ");

const help = `npm run train -- --data pamap2 --fusion hybrid --encoder cnn --protocol loso --seed 0
npm run train -- --data eav-simulated --use-audio --fusion-mode gated
  --data        ${list(windowSources)} (unless told: pamap2)
  --fusion      ${list(fusions)}; late means late-learned
  --encoder     ${list(encoders)}; cnn means conv
  --protocol    loso: each person held out in turn; groups: four groups of people; own: as the data set's experiments
  --seed        0, or several: 0,1,2
  --modalities  hand,chest: these alone
  --epochs N    --profile tiny|standard|full    --jobs N    --to DIR (build/train)
  --use-audio   of EEG + audio: with audio; --fusion-mode ${fusionModes.join("|")} (unless told: concat)
What is not said is as the data set's experiments have it. Finished runs are not computed again.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      fusion: { type: "string" },
      encoder: { type: "string" },
      protocol: { type: "string" },
      seed: { type: "string" },
      modalities: { type: "string" },
      epochs: { type: "string" },
      "use-audio": { type: "boolean" },
      "fusion-mode": { type: "string" },
      profile: { type: "string", default: "standard" },
      jobs: { type: "string" },
      to: { type: "string", default: join("build", "train") },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const words = { ...values, useAudio: values["use-audio"], fusionMode: values["fusion-mode"] };
  const plan = planOfWords(words, checkProfile(values.profile));
  const jobs = checkJobs("npm run train", values.jobs, availableParallelism());
  const signal = untilInterrupted();
  await startEngine();
  const named = plan.presets.map(({ presetName }) => presetName).join(", ");
  console.log(`${named} on ${plan.problem.data}, ${plan.problem.split.kind}, seeds ${plan.seeds.join(", ")}`);
  const results = await runPlan(plan, {
    ...placesOf(values.to),
    folders,
    jobs,
    signal,
    progress: gridTerminal(),
  });
  console.log(`\n${say(trainTable(results))}`);
  console.log(`\n${results.length} results in ${join(values.to, plan.profile, plan.experiment)}`);
  return 0;
}

/** Columns that a terminal lines up. */
function say({ rows, mean }: TrainTable): string {
  const number = (value: number): string => value.toFixed(3);
  const over = ({ mean: value, interval }: MeanOverSubjects): string =>
    interval ? `${number(value)} [${interval.map(number).join(", ")}]` : number(value);
  const table = [
    ["held out", "windows", "accuracy", "macro-F1", "commonest class"],
    ...rows.map(({ subject, windows, accuracy, macroF1, floor }) => [
      ...[subject, windows.toLocaleString("en")],
      ...[accuracy, macroF1, floor].map(number),
    ]),
    ["mean", "", over(mean.accuracy), over(mean.macroF1), over(mean.floor)],
  ];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

main().then(
  (code) => process.exit(code), // an engine's threads must not keep the process
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
