/** Finds JavaScript numbers that a compiled step would freeze: two recordings with other inputs must hold the same constants. */
import type * as tf from "@tensorflow/tfjs";
import { recordStep, type Step, withRestored } from "./jit";
import { nativeBackend } from "./native-backend";
import type { AttrValue, GraphNode } from "./saved-model";

/**
 * Records the step twice; between the recordings the caller's world moves on (next epoch, other learning rate).
 * Variables are as before afterwards. On WASM nothing is compiled and nothing is checked.
 *
 * @param first inputs of one call
 * @param second inputs of a later call, of the same shapes
 * @param moveOn what changes between two calls outside of the inputs
 * @throws naming the operation that reads a number which differs between the recordings
 */
export function checkStep(
  name: string,
  step: Step,
  variables: readonly tf.Variable[],
  first: tf.NamedTensorMap,
  second: tf.NamedTensorMap,
  moveOn: () => void = () => {},
): void {
  const backend = nativeBackend();
  if (!backend) return;
  const nodesOf = (inputs: tf.NamedTensorMap): readonly GraphNode[] =>
    withRestored(variables, () => recordStep(name, backend, step, variables, inputs).nodes);
  const nodes = nodesOf(first);
  moveOn();
  compare(name, nodes, nodesOf(second));
}

function compare(name: string, a: readonly GraphNode[], b: readonly GraphNode[]): void {
  if (a.length !== b.length)
    throw new Error(
      `${name}: expected the same operations in each call, got ${a.length} and then ${b.length}; a branch depends on the host: use tensor operations`,
    );
  a.forEach((node, i) => {
    const other = b[i]!;
    const changed = Object.keys(node.attrs).find((key) => !same(node.attrs[key]!, other.attrs[key]!));
    if (node.op === other.op && changed === undefined && node.inputs.join() === other.inputs.join()) return;
    const reader = a.find(({ inputs }) => inputs.includes(node.name));
    throw new Error(
      `${name}: expected the same constants in each call, got another value for ${node.op === "Const" ? `a constant read by ${reader?.op ?? "the output"}` : `${node.op}.${changed ?? "itself"}`}; it would be frozen: make the number an input`,
    );
  });
}

const same = (a: AttrValue, b: AttrValue): boolean =>
  a.kind === "tensor" && b.kind === "tensor"
    ? Buffer.from(a.content).equals(Buffer.from(b.content))
    : JSON.stringify(a) === JSON.stringify(b);
