/** Attributes of an operation as a graph needs them: eager TensorFlow infers what a caller left out, a graph does not. */
import type { OpAttr } from "./native-backend";
import type { AttrValue } from "./saved-model";

const kinds = ["string", "int", "float", "bool", "type", "shape"] as const;

/**
 * Operations whose tfjs-node kernels leave attributes to be inferred: attribute -> the input whose dtype it is,
 * or "count" for the number of inputs. Found by loading graphs: TensorFlow names what is missing.
 */
const inferred: Readonly<Record<string, Readonly<Record<string, number | "count">>>> = {
  ExpandDims: { T: 0, Tdim: 1 },
  Select: { T: 1 },
  SelectV2: { T: 1 },
  Pad: { T: 0, Tpaddings: 1 },
  PadV2: { T: 0, Tpaddings: 1 },
  AddN: { T: 0, N: "count" },
  Pack: { T: 0, N: "count" },
};

export function completeAttrs(
  op: string,
  attrs: readonly OpAttr[],
  inputTypes: readonly number[],
): Record<string, AttrValue> {
  const complete: Record<string, AttrValue> = {};
  for (const [name, source] of Object.entries(inferred[op] ?? {}))
    complete[name] =
      source === "count"
        ? { kind: "int", value: inputTypes.length }
        : { kind: "type", value: inputTypes[source]! };
  for (const { name, type, value } of attrs) {
    const kind = kinds[type];
    if (kind === undefined)
      throw new Error(
        `jit: ${op}.${name}: expected an attribute type of 0 to 5, got ${type}; keep this op out of the step`,
      );
    complete[name] = { kind, value } as AttrValue;
  }
  return complete;
}
