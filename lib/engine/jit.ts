/** Compiles a training step: recorded once, then run as one TensorFlow graph in one call. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { type NativeBackend, nativeBackend } from "./native-backend";
import { record, type Recording } from "./record";
import { dataTypes, type GraphNode, savedModel } from "./saved-model";

/** A pure function of its inputs and its variables; it may assign the variables and must create none. */
export type Step = (inputs: tf.NamedTensorMap) => tf.NamedTensorMap;

export interface CompiledStep {
  /** Runs the step. The caller owns the outputs; inputs stay the caller's. */
  (inputs: tf.NamedTensorMap): tf.NamedTensorMap;
  /** Frees the graphs. */
  dispose(): void;
}

/**
 * The same function, compiled: one graph for each set of input shapes and dtypes. The first call with new shapes runs
 * it eagerly, to record it, puts the variables back, and then runs the graph as every later call does: a run that was
 * resumed gives the bytes of one that was not, although eager and compiled sums differ in the last digit. On WASM the
 * function stays as it is.
 *
 * Numbers that change from call to call (learning rate, step, seed) must be inputs: JavaScript numbers are frozen at
 * the value that they had when the step was recorded. `checkStep` finds them.
 *
 * @param name stands in errors
 * @param variables all that the step reads or assigns: weights, moving statistics, optimiser slots
 * @throws when recording, where something would be silently frozen: a value read on the host, host-made random
 *   numbers, a variable that is not in the list
 */
export function jit(name: string, step: Step, variables: readonly tf.Variable[]): CompiledStep {
  const backend = nativeBackend();
  const graphs = new Map<string, LoadedGraph>();
  const run = (inputs: tf.NamedTensorMap): tf.NamedTensorMap => {
    if (!backend) return tf.tidy(() => step(inputs));
    const signature = Object.entries(inputs)
      .map(([key, x]) => `${key}:${x.dtype}[${x.shape.join()}]`)
      .join();
    let graph = graphs.get(signature);
    if (!graph) {
      graph = withRestored(variables, () => {
        const recording = recordStep(name, backend, step, variables, inputs);
        return new LoadedGraph(backend, recording, inputs, variables);
      });
      graphs.set(signature, graph);
    }
    return graph.run(inputs, variables);
  };
  const dispose = (): void => {
    for (const graph of graphs.values()) graph.dispose();
    graphs.clear();
  };
  return Object.assign(run, { dispose });
}

/** Runs `work`, then gives the variables the values that they had before; what it made else is freed. */
export function withRestored<Result>(variables: readonly tf.Variable[], work: () => Result): Result {
  const saved = variables.map((variable) => variable.clone());
  tf.engine().startScope();
  try {
    return work();
  } finally {
    variables.forEach((variable, i) => variable.assign(saved[i]!));
    tf.engine().endScope();
    tf.dispose(saved);
  }
}

type StepRecording = Recording<tf.NamedTensorMap>;

export function recordStep(
  name: string,
  backend: NativeBackend,
  step: Step,
  variables: readonly tf.Variable[],
  inputs: tf.NamedTensorMap,
): StepRecording {
  const placeholders = new Map<string, tf.Tensor>();
  Object.values(inputs).forEach((tensor, i) => placeholders.set(`input${i}`, tensor));
  variables.forEach((variable, i) => placeholders.set(`variable${i}`, variable));
  const mine = new Set(variables);
  const others = Object.values(tf.engine().registeredVariables).filter((variable) => !mine.has(variable));
  return record(
    name,
    backend,
    placeholders,
    others,
    () => step(inputs),
    (result) => [...Object.values(result), ...variables],
  );
}

/** A graph inside TensorFlow, with its inputs and outputs in fixed order. */
class LoadedGraph {
  private readonly id: number;
  private readonly inputNames: readonly string[];
  private readonly resultNames: readonly string[];
  private readonly feeds: string;
  private readonly fetches: string;

  constructor(
    private readonly backend: NativeBackend,
    { nodes, outputs, result }: StepRecording,
    inputs: tf.NamedTensorMap,
    variables: readonly tf.Variable[],
  ) {
    this.inputNames = Object.keys(inputs);
    this.resultNames = Object.keys(result);
    this.feeds = [
      ...this.inputNames.map((_, i) => `input${i}:0`),
      ...variables.map((_, i) => `variable${i}:0`),
    ].join();
    this.fetches = outputs.map((_, i) => `output${i}:0`).join();
    const returned = [...Object.values(result), ...variables];
    const ends = outputs.map((at, i): GraphNode => ({
      name: `output${i}`,
      op: "Identity",
      inputs: [at],
      attrs: { T: { kind: "type", value: dataTypes[returned[i]!.dtype as keyof typeof dataTypes] } },
    }));
    this.id = load(backend, savedModel([...nodes, ...ends]));
  }

  run(inputs: tf.NamedTensorMap, variables: readonly tf.Variable[]): tf.NamedTensorMap {
    const { backend } = this;
    const ids = backend.getInputTensorIds([...this.inputNames.map((name) => inputs[name]!), ...variables]);
    const outputs = backend.binding.runSavedModel(this.id, ids, this.feeds, this.fetches);
    const tensors = outputs.map((metadata) => backend.createOutputTensor(metadata));
    variables.forEach((variable, i) => {
      const value = tensors[this.resultNames.length + i]!;
      variable.assign(value);
      value.dispose();
    });
    return Object.fromEntries(this.resultNames.map((name, i) => [name, tensors[i]!]));
  }

  dispose(): void {
    this.backend.binding.deleteSavedModel(this.id);
  }
}

/** TensorFlow loads graphs from a folder only. */
function load(backend: NativeBackend, model: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), "fusion-graph-"));
  try {
    writeFileSync(join(folder, "saved_model.pb"), model);
    return backend.binding.loadSavedModel(folder, "serve");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
