/** Runs a function once, eagerly, and writes down every operation that TensorFlow executes for it. */
import * as tf from "@tensorflow/tfjs";
import type { Binding, NativeBackend } from "./native-backend";
import { completeAttrs } from "./op-attrs";
import { dataTypes, type GraphNode } from "./saved-model";

export interface Recording<Result> {
  readonly result: Result;
  readonly nodes: readonly GraphNode[];
  /** [output]: the place of each output in the graph, "node" or "node:output". */
  readonly outputs: readonly string[];
}

/**
 * @param who names the function in errors
 * @param placeholders tensors that differ from call to call, by the name of their graph node
 * @param forbidden variables that may not be read, because they are no placeholder and would be frozen
 * @param outputsOf the tensors that the graph shall return, asked for when the function has ended
 * @throws where the function reads a value on the host, makes random numbers, or reads a forbidden variable
 */
export function record<Result>(
  who: string,
  backend: NativeBackend,
  placeholders: ReadonlyMap<string, tf.Tensor>,
  forbidden: readonly tf.Variable[],
  run: () => Result,
  outputsOf: (result: Result) => readonly tf.Tensor[],
): Recording<Result> {
  const graph = new Graph(who);
  for (const [name, tensor] of placeholders) graph.addPlaceholder(name, tensor, idOf(backend, tensor));
  for (const variable of forbidden) graph.frozen.set(idOf(backend, variable), variable.name);

  const { binding } = backend;
  const original = { write: backend.write, getInputTensorIds: backend.getInputTensorIds };
  backend.binding = recordingBinding(binding, graph);
  backend.write = (values, shape, dtype) => {
    graph.checkHostValues(values, shape, dtype);
    return original.write.call(backend, values, shape, dtype);
  };
  backend.getInputTensorIds = (tensors) => {
    const ids = original.getInputTensorIds.call(backend, tensors);
    ids.forEach((id, i) => graph.meet(id, tensors[i]!, binding));
    return ids;
  };
  try {
    const result = run();
    const outputs = outputsOf(result).map((tensor) => graph.place(idOf(backend, tensor)).at);
    return { result, nodes: graph.nodes, outputs };
  } finally {
    backend.binding = binding;
    Object.assign(backend, original);
  }
}

const idOf = (backend: NativeBackend, tensor: tf.Tensor): number => backend.getInputTensorIds([tensor])[0]!;

function recordingBinding(binding: Binding, graph: Graph): Binding {
  const recorded: Pick<Binding, "createTensor" | "executeOp" | "tensorDataSync"> = {
    createTensor(shape, dtype, values) {
      const id = binding.createTensor(shape, dtype, values);
      // kept now, because an int64 cannot be read back
      graph.constants.set(id, () => ({ shape, dtype, content: bytesOf(values) }));
      if (dtype === dataTypes.int64) graph.place(id);
      return id;
    },
    executeOp(name, attrs, inputs, count) {
      const places = inputs.map((id) => graph.place(id));
      const outputs = binding.executeOp(name, attrs, inputs, count);
      const types = places.map(({ dtype }) => dtype);
      graph.addOperation(
        name,
        completeAttrs(name, attrs, types),
        places.map(({ at }) => at),
        outputs,
      );
      return outputs;
    },
    tensorDataSync(id) {
      graph.checkRead(id);
      return binding.tensorDataSync(id);
    },
  };
  // the addon's own properties are read-only and not enumerable, so they are inherited
  return Object.create(binding, Object.getOwnPropertyDescriptors(recorded)) as Binding;
}

interface Place {
  /** "node" or "node:output" */
  readonly at: string;
  readonly dtype: number;
  readonly isConstant: boolean;
}

interface HostTensor {
  readonly shape: readonly number[];
  readonly dtype: number;
  readonly content: Uint8Array;
}

/** The graph as it grows, and what it must refuse because it would be silently frozen. */
class Graph {
  readonly nodes: GraphNode[] = [];
  /** Tensors that were not computed here, by id: written down when an operation reads them. */
  readonly constants = new Map<number, () => HostTensor>();
  readonly frozen = new Map<number, string>();
  private readonly places = new Map<number, Place>();

  constructor(private readonly who: string) {}

  addPlaceholder(name: string, tensor: tf.Tensor, id: number): void {
    const dtype = typeNumber(tensor.dtype);
    const attrs = {
      dtype: { kind: "type", value: dtype },
      shape: { kind: "shape", value: tensor.shape },
    } as const;
    this.nodes.push({ name, op: "Placeholder", inputs: [], attrs });
    this.places.set(id, { at: name, dtype, isConstant: false });
  }

  addOperation(
    op: string,
    attrs: GraphNode["attrs"],
    inputs: readonly string[],
    outputs: readonly { readonly id: number; readonly dtype: number }[],
  ): void {
    const name = `${op}${this.nodes.length}`;
    this.nodes.push({ name, op, inputs, attrs });
    outputs.forEach(({ id, dtype }, i) =>
      this.places.set(id, { at: `${name}:${i}`, dtype, isConstant: false }),
    );
  }

  /** A tensor that an operation is about to read; where it comes from outside, it can be read back. */
  meet(id: number, info: tf.TensorInfo, binding: Binding): void {
    if (this.places.has(id) || this.constants.has(id)) return;
    this.constants.set(id, () => ({
      shape: info.shape,
      dtype: typeNumber(info.dtype),
      content: bytesOf(binding.tensorDataSync(id)),
    }));
  }

  place(id: number): Place {
    return this.places.get(id) ?? this.addConstant(id);
  }

  private addConstant(id: number): Place {
    const variable = this.frozen.get(id);
    if (variable !== undefined)
      throw new Error(
        `${this.who}: expected all variables that it reads in its list, got "${variable}" besides; its value would be frozen: add it to the list`,
      );
    const { dtype, shape, content } = this.constants.get(id)!();
    const name = `constant${this.nodes.length}`;
    const attrs = {
      dtype: { kind: "type", value: dtype },
      value: { kind: "tensor", dtype, shape, content },
    } as const;
    this.nodes.push({ name, op: "Const", inputs: [], attrs });
    const place = { at: name, dtype, isConstant: true };
    this.places.set(id, place);
    return place;
  }

  checkHostValues(values: ArrayLike<number>, shape: readonly number[], dtype: tf.DataType): void {
    if (dtype !== "float32" || !isVaried(values)) return;
    throw new Error(
      `${this.who}: expected no new numbers inside, got a float tensor [${shape.join(", ")}] of unequal host values; random or not, they would be frozen: make the tensor outside, pass it as an input, or draw with keyedUniform`,
    );
  }

  checkRead(id: number): void {
    const place = this.places.get(id);
    if (!place || place.isConstant) return;
    throw new Error(
      `${this.who}: expected no value to be read on the host, got a read of ${place.at}; what depends on it would be frozen: use tensor operations such as tf.where, or return the tensor and read it outside`,
    );
  }
}

function typeNumber(dtype: tf.DataType): number {
  const number = (dataTypes as Readonly<Record<string, number>>)[dtype];
  if (number !== undefined) return number;
  throw new Error(`jit: expected float32, int32 or bool, got ${dtype}; cast it before the compiled step`);
}

/** The bytes of host values, copied, since the caller may reuse them. */
function bytesOf(values: unknown): Uint8Array {
  if (!ArrayBuffer.isView(values))
    throw new Error("jit: expected numbers in a typed array, got strings; they cannot be compiled");
  const { buffer, byteOffset, byteLength } = values as Uint8Array;
  return new Uint8Array(buffer, byteOffset, byteLength).slice();
}

function isVaried(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return true;
  return false;
}
