/** What audio and its fusion cost: parameters, time and memory of a training step, in turns, one thread each. */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { alternate, type Pace, type Taken } from "./alternate";
import { eegAudioModels } from "./eeg-audio-models";
import { median, ratioOf, sayRatio } from "./ratio";
import { tensorFlowWay } from "./tensorflow-way";

const file = "results/bench/eeg-audio.json";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      batch: { type: "string", default: "32" },
      rounds: { type: "string" },
      quick: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
    },
  });
  const { quick, keep } = values;
  const pace: Pace = quick
    ? { rounds: Number(values.rounds ?? 3), warmUpSteps: 10, roundSeconds: 0.1 }
    : { rounds: Number(values.rounds ?? 9), warmUpSteps: 40, roundSeconds: 0.5 };
  const batch = Number(values.batch);
  const processor = cpus()[0]!.model.trim();
  console.log(`training steps of ${batch} windows of 5 s, one thread each, on ${processor}`);
  const order = { batch, engine: "native", layers: "ours", plain: false } as const;
  const turns = eegAudioModels.map(({ name }) => ({
    way: tensorFlowWay(name, { ...order, model: name }),
    ...{ peaks: false, warmUpSeconds: quick ? 2 : 6 },
  }));
  const answers = await alternate(turns, pace);
  const said = answers.find((answer) => typeof answer === "string");
  if (said !== undefined)
    throw new Error(`bench: expected every model to train, got "${said as string}"; see lib/fusion`);
  const taken = answers as Taken[];
  const [concat] = taken;
  const rows = taken.map((one, i) => {
    const ratio = ratioOf(one.milliseconds, concat!.milliseconds);
    const name = eegAudioModels[i]!.name;
    const memory = one.memory === null ? "unknown" : `${one.memory.toFixed(0)} MB`;
    console.log(
      `  ${name}: ${one.about.parameters.toLocaleString("en-US")} trained numbers, ${median(one.milliseconds).toFixed(1)} ms, ${memory}; ${sayRatio(ratio, "concat")}`,
    );
    return {
      ...{ model: "eeg-audio", batch, engine: "native", way: name },
      milliseconds: median(one.milliseconds),
      // time of concat / time of this way, as in all benchmarks
      ...{ ratio: 1 / ratio.median, ratioLower: 1 / ratio.upper, ratioUpper: 1 / ratio.lower },
      ...{ target: null, shareOfPeak: null, parameters: one.about.parameters },
      ...{ firstStepSeconds: one.firstStepSeconds, memoryMegabytes: one.memory },
    };
  });
  if (!keep) return;
  const libraries = { "eeg-audio": concat!.about.library };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ place: { processor, libraries }, rows }, null, 1)}\n`);
  console.log(`kept in ${file}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
