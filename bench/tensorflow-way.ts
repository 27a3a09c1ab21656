/** TensorFlow.js as a way of doing a training step: the process at the other end of a `Way`. */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import * as tf from "@tensorflow/tfjs";
import { describeEngine, jit, startEngine, type Step } from "fusion";
import { adamW } from "fusion/dist/train/adamw";
import { crossEntropy } from "fusion/dist/train/cross-entropy";
import { inputsOf, weightsOf } from "fusion/dist/train/tensors";
import { type BenchModel, data } from "./model";
import { modelNamed } from "./models";
import { resident } from "./resident";
import { type About, type Steps, Way } from "./way";

interface Order {
  readonly model: string;
  readonly batch: number;
  readonly engine: "native" | "wasm";
  readonly layers: "ours" | "stock";
  /** Stock TensorFlow.js: no gradient or kernel of ours, nothing compiled. */
  readonly plain: boolean;
}

export const tensorFlowWay = (name: string, order: Order): Way =>
  new Way(name, process.execPath, [__filename, JSON.stringify(order)]);

/** @returns what runs, in words */
async function start({ engine, plain }: Order): Promise<string> {
  if (!plain) return describeEngine(await startEngine({ threads: 1, ...(engine === "wasm" && { engine }) }));
  process.env["TF_NUM_INTRAOP_THREADS"] = process.env["TF_NUM_INTEROP_THREADS"] = "1";
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "3";
  tf.enableProdMode();
  const backend = engine === "wasm" ? "wasm" : "tensorflow";
  createRequire(__filename)(engine === "wasm" ? "@tensorflow/tfjs-backend-wasm" : "@tensorflow/tfjs-node");
  if (!(await tf.setBackend(backend)))
    throw new Error(`bench: expected the backend ${backend} to start, got a refusal; run: npm run doctor`);
  return `tfjs ${tf.version.tfjs}, ${backend}`;
}

/** The training step of a model, its first call not yet made. */
function trainingStep({ plain, batch }: Order, model: tf.LayersModel, shape: BenchModel) {
  const { trained, all } = weightsOf(model);
  const optimiser = adamW(trained, { weightDecay: 1e-2 });
  const step: Step = (inputs) => {
    const { value, grads } = tf.variableGrads(() => {
      const logits = model.apply(inputsOf(model, inputs), { training: true });
      return crossEntropy(logits as tf.Tensor2D, inputs["y"] as tf.Tensor2D);
    }, trained);
    optimiser.update(grads, inputs["rate"] as tf.Scalar);
    return { loss: value };
  };
  const eager = (inputs: tf.NamedTensorMap): tf.NamedTensorMap => tf.tidy(() => step(inputs));
  const run = plain ? eager : jit(shape.name, step, [...all, ...optimiser.slots]);
  const given = shape.inputs?.(batch) ?? data(batch, shape);
  const wanted = [...model.inputNames, "y", "rate"];
  const inputs = Object.fromEntries(Object.entries(given).filter(([name]) => wanted.includes(name)));
  return (): number => {
    const outputs = run(inputs);
    const loss = outputs["loss"]!.dataSync()[0]!;
    tf.dispose(outputs);
    return loss;
  };
}

function go(step: () => number, steps: number): Steps {
  const [begun, busy] = [performance.now(), process.cpuUsage()];
  const losses = Array.from({ length: steps }, step);
  const { user, system } = process.cpuUsage(busy);
  return { milliseconds: performance.now() - begun, processor: (user + system) / 1000, losses };
}

function peak(n = 1024, times = 2): number {
  const [a, b] = [tf.randomNormal([n, n]), tf.randomNormal([n, n])];
  const multiply = (): void => tf.tidy(() => void tf.matMul(a, b).dataSync());
  multiply();
  const begun = performance.now();
  for (let i = 0; i < times; i++) multiply();
  const seconds = (performance.now() - begun) / 1000;
  tf.dispose([a, b]);
  return (2 * n ** 3 * times) / seconds / 1e9;
}

async function serve(order: Order): Promise<void> {
  const library = await start(order);
  const shape = modelNamed(order.model);
  const model = order.layers === "ours" ? shape.ours() : shape.stock();
  const step = trainingStep(order, model, shape);
  const parameters = model.trainableWeights.reduce(
    (sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]),
    0,
  );
  let held: number | null | undefined;
  const answer = (word: string, n: number): unknown => {
    if (word === "about") return { parameters, library } satisfies About;
    if (word === "peak") return peak();
    if (word === "memory") return held == null ? null : resident("VmHWM")! - held;
    if (held !== undefined) return go(step, n);
    held = resident("VmRSS");
    const steps = go(step, n);
    if (held !== null) writeFileSync("/proc/self/clear_refs", "5"); // the peak begins anew
    return steps;
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const [word, n] = line.split(" ");
    let said: unknown;
    try {
      said = answer(word!, Number(n));
    } catch (error) {
      said = { error: (error as Error).message };
    }
    process.stdout.write(`${JSON.stringify(said)}\n`);
  }
}

if (require.main === module)
  serve(JSON.parse(process.argv[2]!) as Order).then(
    () => process.exit(0), // an engine's threads must not keep the process
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
