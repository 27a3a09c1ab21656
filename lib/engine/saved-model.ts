/** The bytes of a TensorFlow SavedModel that holds one graph: protocol buffers, written by hand because only five messages are needed. */

/** TensorFlow's numbers of data types (types.proto). */
export const dataTypes = { float32: 1, int32: 3, int64: 9, bool: 10 } as const;

/** A value of a node's attribute; the kinds are those of AttrValue (attr_value.proto). */
export type AttrValue =
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "int" | "float" | "type"; readonly value: number | readonly number[] }
  | { readonly kind: "bool"; readonly value: boolean | readonly boolean[] }
  | { readonly kind: "shape"; readonly value: readonly number[] }
  | {
      readonly kind: "tensor";
      readonly dtype: number;
      readonly shape: readonly number[];
      readonly content: Uint8Array;
    };

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** "node" or "node:output". */
  readonly inputs: readonly string[];
  readonly attrs: Readonly<Record<string, AttrValue>>;
}

/** `saved_model.pb` with the tag "serve" and without variables: saved_model.proto, meta_graph.proto, graph.proto. */
export function savedModel(nodes: readonly GraphNode[]): Uint8Array {
  const tags = message([4, text("serve")]);
  const versions = message([1, 1882]); // the GraphDef version of TensorFlow 2.15 and later readers
  const graph = message(...nodes.map((node): Field => [1, nodeDef(node)]), [4, versions]);
  return message([1, 1], [2, message([1, tags], [2, graph])]);
}

function nodeDef({ name, op, inputs, attrs }: GraphNode): Uint8Array {
  return message(
    [1, text(name)],
    [2, text(op)],
    ...inputs.map((input): Field => [3, text(input)]),
    ...Object.entries(attrs).map(([key, value]): Field => [
      5,
      message([1, text(key)], [2, attrValue(value)]),
    ]),
  );
}

function attrValue(attr: AttrValue): Uint8Array {
  switch (attr.kind) {
    case "string":
      return message([2, text(attr.value)]);
    case "shape":
      return message([7, shapeProto(attr.value)]);
    case "tensor":
      return message([8, message([1, attr.dtype], [2, shapeProto(attr.shape)], [4, attr.content])]);
    case "int":
    case "type":
    case "bool":
    case "float": {
      const number = { int: 3, float: 4, bool: 5, type: 6 }[attr.kind];
      const one = (value: number | boolean): Field => [
        number,
        attr.kind === "float" ? float(Number(value)) : Number(value),
      ];
      const { value } = attr;
      return typeof value === "object" ? message([1, message(...value.map(one))]) : message(one(value));
    }
  }
}

const shapeProto = (shape: readonly number[]): Uint8Array =>
  message(...shape.map((size): Field => [2, message([1, size])]));

/** A field's number and its value: an integer, four bytes of a float, or bytes with a length. */
type Field = readonly [number: number, value: number | Float32Array | Uint8Array];

function message(...fields: readonly Field[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const [number, value] of fields) {
    if (typeof value === "number") parts.push(varint(number << 3), varint(value));
    else if (value instanceof Float32Array)
      parts.push(varint((number << 3) | 5), new Uint8Array(value.buffer));
    else parts.push(varint((number << 3) | 2), varint(value.length), value);
  }
  return Buffer.concat(parts);
}

const text = (value: string): Uint8Array => Buffer.from(value, "utf8");
const float = (value: number): Float32Array => Float32Array.of(value); // little-endian, as every engine's host

/** Seven bits a byte, lowest first; a negative number takes ten bytes, as int64. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 128 : low);
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}
