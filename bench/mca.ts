/**
 * MCA's training step (encoders, trunk, pooling, sixty pairs, AdamW): blocks that the mask forbids skipped, against scored and
 * thrown away, against PyTorch with the mask in its attention; one thread each, in turns.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import * as tf from "@tensorflow/tfjs";
import {
  contrastPairs,
  describeEngine,
  fusionNetwork,
  type FusionNetworkOptions,
  jit,
  layoutOf,
  poolMask,
  startEngine,
} from "fusion";
import { contrastiveStep } from "fusion/dist/contrastive/contrastive-step";
import { adamW } from "fusion/dist/train/adamw";
import { alternate, type Pace, type Turn } from "./alternate";
import { measureModalities, modalitiesOf, workModalities } from "./mca-modalities";
import { mcaTorch } from "./mca-torch";
import { median, ratioOf, sayRatio } from "./ratio";
import { findTorch, tunedMalloc } from "./torch";
import { Way } from "./way";

const file = "results/bench/mca.json";

/** 4 · 16 + 11 = 75 tokens, and 4 · 64 + 11 · 4 = 300. */
const problems = {
  75: { tokens: 16, tokensPerChannel: 1 },
  300: { tokens: 64, tokensPerChannel: 4 },
} as const;
const size = { modalities: 4, width: 32, dim: 64, depth: 3, heads: 4, batch: 32 } as const;
type Problem = keyof typeof problems;

const attentions = ["rows", "blocks", "dense"] as const;
type Attention = (typeof attentions)[number];

function optionsOf(problem: Problem): FusionNetworkOptions {
  const { tokens, tokensPerChannel } = problems[problem];
  const modalities = Array.from({ length: size.modalities }, (_, m) => ({
    ...{ name: `m${m}`, tokens, width: size.width, encoder: "sequence" as const },
  }));
  const { dim, depth, heads } = size;
  return {
    ...{ modalities, design: "mca", tokensPerChannel, dim, depth, heads, headDim: dim / heads },
    ...{ variant: "corrected", seed: 1 },
  };
}

/** The process at the other end of a way. */
async function work(problem: Problem, attention: Attention): Promise<void> {
  const library = describeEngine(await startEngine({ threads: 1 }));
  const options = optionsOf(problem);
  const network = fusionNetwork(options, { attention });
  const weights = Object.values(network.weights);
  const optimiser = adamW(weights, { weightDecay: 1e-2 });
  const loss = {
    ...{ targets: network.targets, pairs: contrastPairs(network.targets, [1, 2, 3, 4]) },
    ...({ complete: "all", contrast: "corrected" } as const),
  };
  const step = jit("mca", contrastiveStep(network, optimiser, loss, Infinity), [
    ...weights,
    ...optimiser.slots,
  ]);
  const inputs: tf.NamedTensorMap = {
    presence: tf.ones([size.batch, size.modalities]),
    rate: tf.scalar(1e-3),
  };
  options.modalities.forEach(({ name, tokens, width }, m) => {
    const x = Float32Array.from({ length: size.batch * tokens * width }, (_, i) => {
      const u = Math.sin((i + m) * 12.9898) * 43758.5453;
      return (u - Math.floor(u) - 0.5) * Math.sqrt(12);
    });
    inputs[`${name}_values`] = tf.tensor3d(x, [size.batch, tokens, width]);
    inputs[`${name}_validity`] = tf.ones([size.batch, tokens]);
  });
  const once = (): number => {
    const outputs = step(inputs);
    const value = outputs["loss"]!.dataSync()[0]!;
    tf.dispose(outputs);
    return value;
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const [word, count] = line.split(" ");
    if (word === "about") {
      const parameters = weights.reduce((sum, weight) => sum + weight.size, 0);
      console.log(JSON.stringify({ parameters, library }));
    } else if (word === "memory") console.log("null");
    else {
      const [begun, busy] = [performance.now(), process.cpuUsage()];
      const losses = Array.from({ length: Number(count) }, once);
      const { user, system } = process.cpuUsage(busy);
      const milliseconds = performance.now() - begun;
      console.log(JSON.stringify({ milliseconds, processor: (user + system) / 1000, losses }));
    }
  }
  process.exit(0);
}

/** A file, since a mask of 300 tokens is too long for a command. */
function torchFile(problem: Problem): string {
  const path = join("build", `bench-mca-${problem}.json`);
  mkdirSync("build", { recursive: true });
  writeFileSync(path, torchProblem(problem));
  return path;
}

function torchProblem(problem: Problem): string {
  const options = optionsOf(problem);
  const { plan, mask } = layoutOf(options);
  const targets = [...plan.modalities, ...plan.channels].map(({ members }) => ({
    ...{ members, kind: members.length === 1 ? ("modality" as const) : ("channel" as const) },
  }));
  const pairs = contrastPairs(targets, [1, 2, 3, 4]);
  const [left, right] = [pairs.map((pair) => pair.left), pairs.map((pair) => pair.right)];
  return JSON.stringify({
    ...size,
    tokens: problems[problem].tokens,
    mask,
    pool: poolMask(plan),
    left,
    right,
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string" },
      tokens: { type: "string", default: "75,300" },
      quick: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
      modalities: { type: "string" },
      work: { type: "string" },
      "work-modalities": { type: "string" },
    },
  });
  if (values.work) {
    const [problem, attention] = values.work.split(",");
    return work(Number(problem) as Problem, attention as Attention);
  }
  if (values["work-modalities"]) return workModalities(values["work-modalities"]);
  const { quick, keep } = values;
  const pace: Pace = quick
    ? { rounds: Number(values.rounds ?? 3), warmUpSteps: 10, roundSeconds: 0.2 }
    : { rounds: Number(values.rounds ?? 9), warmUpSteps: 40, roundSeconds: 0.5 };
  const processor = cpus()[0]!.model.trim();
  if (values.modalities) {
    console.log(`training steps by modalities, 32 samples of four tokens each, one thread, on ${processor}`);
    const counts = modalitiesOf(values.modalities);
    const measured = await measureModalities(counts, __filename, pace, quick ? 2 : 8);
    if (keep) keepPart({ modalities: { processor, rows: measured } });
    return;
  }
  const python = findTorch();
  console.log(`training steps of MCA, 32 samples of 4 modalities, one thread each, on ${processor}`);
  const rows: object[] = [];
  for (const problem of values.tokens.split(",").map((tokens) => Number(tokens) as Problem)) {
    const { plan, mask } = layoutOf(optionsOf(problem));
    const allowed = mask.flat().reduce((a, b) => a + b, 0) / plan.size ** 2;
    const turn = (way: Way): Turn => ({ way, peaks: false, warmUpSeconds: quick ? 2 : 8 });
    const ours = attentions.map((attention) =>
      turn(new Way(attention, process.execPath, [__filename, "--work", `${problem},${attention}`])),
    );
    const torch = (name: string, environment = {}) =>
      python ? [turn(new Way(name, python, ["-u", "-c", mcaTorch, torchFile(problem)], environment))] : [];
    const turns = [...ours, ...torch("PyTorch"), ...torch("PyTorch, tuned malloc", tunedMalloc)];
    const taken = (await alternate(turns, pace)).map((one) => {
      if (typeof one === "string")
        throw new Error(`bench: expected every way to train, got "${one}"; see bench/mca.ts`);
      return one;
    });
    console.log(`  ${problem} tokens, ${(100 * allowed).toFixed(0)} % of the pairs allowed`);
    taken.forEach((one, i) => {
      const way = turns[i]!.way.name;
      const against = (other: number) => ratioOf(taken[0]!.milliseconds, taken[other]!.milliseconds);
      const ratio = against(i);
      const busy = median(one.processor) / median(one.milliseconds);
      const ofProcessor = ratioOf(taken[0]!.processor, one.processor); // says more where something else runs
      console.log(
        `    ${way}: ${median(one.milliseconds).toFixed(1)} ms (processor ${(100 * busy).toFixed(0)} %), ${one.about.parameters.toLocaleString("en-US")} numbers${i > 0 ? `; rows take ${sayRatio(ratio, way)}, of processor time ${ofProcessor.median.toFixed(2)}` : ""}`,
      );
      rows.push({
        ...{ model: "mca", tokens: problem, batch: size.batch, engine: "native", way, allowedShare: allowed },
        milliseconds: median(one.milliseconds),
        ...{ ratio: ratio.median, ratioLower: ratio.lower, ratioUpper: ratio.upper },
        ...{ processorMilliseconds: median(one.processor), processorRatio: ofProcessor.median },
        ...{ target: way === "PyTorch" && problem === 75 ? 0.65 : null, parameters: one.about.parameters },
        firstStepSeconds: one.firstStepSeconds,
        losses: [one.losses[0], one.losses.at(-1)],
      });
    });
  }
  if (keep) keepPart({ place: { processor }, rows });
}

/** The other part of the file stays. */
function keepPart(part: object): void {
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as object) : {};
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...known, ...part }, null, 1)}\n`);
  console.log(`kept in ${file}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
