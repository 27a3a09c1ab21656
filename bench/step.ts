/** A training step of a CNN of stock layers: compiled against eager tfjs-node against PyTorch, one thread each. */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import * as tf from "@tensorflow/tfjs";
import { describeEngine, startEngine } from "fusion";
import { ours, productFlops, type Way } from "./conv-net";
import { median, type Ratio, ratioOf, sayRatio } from "./ratio";
import { findTorch, TorchProcess, tunedMalloc } from "./torch";

const warmUp = 40;
const stepsARound = 20;
/** Of PyTorch's time, with the default malloc. */
const target = 0.75;

/** GFLOP/s of TensorFlow's one thread in a product of 1024 × 1024. */
function peak(n = 1024, times = 8): number {
  const [a, b] = [tf.randomNormal([n, n]), tf.randomNormal([n, n])];
  const multiply = (): void => tf.tidy(() => void tf.matMul(a, b).dataSync());
  multiply();
  const start = performance.now();
  for (let i = 0; i < times; i++) multiply();
  const seconds = (performance.now() - start) / 1000;
  tf.dispose([a, b]);
  return (2 * n ** 3 * times) / seconds / 1e9;
}

interface Row {
  readonly batch: number;
  readonly way: string;
  /** Median of the rounds. */
  readonly millisecondsAStep: number;
  /** Of the processor, all threads together: how quiet the machine was, and whether one thread was one. */
  readonly processorAStep: number;
  /** compiled / this way; 1 for itself. */
  readonly compiledAgainstIt: Ratio;
  /** Of the peak of its own library, measured in the same run. */
  readonly shareOfPeak: number;
  /** GFLOP/s of that product. */
  readonly peak: number;
  readonly loss: number;
}

async function measure(batch: number, rounds: number, python: string | undefined): Promise<Row[]> {
  const compiled = ours(batch, true);
  const ways: Record<string, Way & { peak?: () => Promise<number> }> = {
    compiled,
    "tfjs-node, eager": ours(batch, false),
    ...(python && {
      "PyTorch, default malloc": new TorchProcess(python, batch),
      "PyTorch, tuned malloc": new TorchProcess(python, batch, tunedMalloc),
    }),
  };
  const names = Object.keys(ways);
  const times = new Map(names.map((name) => [name, [] as number[]]));
  const peaks = new Map(names.map((name) => [name, [] as number[]]));
  const busy = new Map(names.map((name) => [name, [] as number[]]));
  const losses = new Map<string, number>();
  for (const name of names) await ways[name]!.go(warmUp - (name.startsWith("PyTorch") ? 0 : 1));
  for (let round = 0; round < rounds; round++)
    for (const name of names) {
      const { milliseconds, processor, loss } = await ways[name]!.go(stepsARound);
      busy.get(name)!.push(processor / stepsARound);
      times.get(name)!.push(milliseconds / stepsARound);
      losses.set(name, loss);
      peaks.get(name)!.push(await (ways[name]!.peak ?? peak)());
    }
  for (const way of Object.values(ways)) if (way instanceof TorchProcess) way.stop();
  console.log(`batch ${batch}: compiled in ${compiled.firstSeconds.toFixed(2)} s, its first step included`);
  return names.map((way) => {
    const millisecondsAStep = median(times.get(way)!);
    const flops = (productFlops() * batch) / (millisecondsAStep / 1000) / 1e9;
    return {
      ...{ batch, way, millisecondsAStep, processorAStep: median(busy.get(way)!) },
      compiledAgainstIt: ratioOf(times.get("compiled")!, times.get(way)!),
      shareOfPeak: flops / median(peaks.get(way)!),
      peak: median(peaks.get(way)!),
      loss: losses.get(way)!,
    };
  });
}

function say(rows: readonly Row[]): void {
  for (const {
    way,
    millisecondsAStep,
    processorAStep,
    compiledAgainstIt,
    shareOfPeak,
    peak: most,
    loss,
  } of rows) {
    const against = way === "compiled" ? "" : `, compiled takes ${sayRatio(compiledAgainstIt, "it")}`;
    const share = `${(100 * shareOfPeak).toFixed(0)} % of its library's ${most.toFixed(0)} GFLOP/s`;
    const took = `${millisecondsAStep.toFixed(1)} ms a step (processor ${processorAStep.toFixed(1)})`;
    console.log(`  ${way}: ${took}, ${share}, loss ${loss.toPrecision(3)}${against}`);
  }
  if (rows.some(({ millisecondsAStep, processorAStep }) => millisecondsAStep > 1.15 * processorAStep))
    console.log("  something else ran meanwhile: steps took longer than the processor worked on them");
  const torch = rows.find(({ way }) => way === "PyTorch, default malloc");
  if (!torch) return;
  const reached = torch.compiledAgainstIt.median;
  const worked = rows[0]!.processorAStep / torch.processorAStep;
  console.log(`  in processor time compiled takes ${worked.toFixed(2)} × PyTorch with its default malloc`);
  console.log(
    reached <= target
      ? `  reached: ${reached.toFixed(2)} × PyTorch, to be ${target} or less`
      : `  MISSED: ${reached.toFixed(2)} × PyTorch, to be ${target} or less; is the machine quiet?`,
  );
  // the same task from other random numbers: all have learned it by heart, or none has
  const [most, least] = [Math.max(...rows.map((r) => r.loss)), Math.min(...rows.map((r) => r.loss))];
  if (most > 10 * least && most > 0.05)
    console.log(`  the losses disagree (${least} to ${most}): these are not the same work`);
}

async function main(): Promise<void> {
  const options = {
    rounds: { type: "string", default: "9" },
    keep: { type: "boolean", default: false },
  } as const;
  const { values } = parseArgs({ options });
  const engine = await startEngine({ threads: 1 });
  console.log(`training step, one thread each, on ${cpus()[0]?.model.trim()}; ${describeEngine(engine)}`);
  const python = findTorch();
  const rows: Row[] = [];
  for (const batch of [32, 128]) {
    const measured = await measure(batch, Number(values.rounds), python);
    say(measured);
    rows.push(...measured);
  }
  if (!values.keep) return;
  mkdirSync("results/bench", { recursive: true });
  const content = { engine, processor: cpus()[0]?.model.trim(), warmUp, stepsARound, rows };
  writeFileSync("results/bench/step.json", `${JSON.stringify(content, null, 1)}\n`);
  console.log("kept in results/bench/step.json");
}

main().then(
  () => process.exit(0), // an engine's threads must not keep the process
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
