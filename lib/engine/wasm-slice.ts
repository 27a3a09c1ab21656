/** Parts of a tensor on WASM without a copy of the whole: its 4.22 release copies all of x for each part taken from it. */
import * as tf from "@tensorflow/tfjs";

/** What the WASM backend offers its kernels. */
interface WasmBackend {
  makeOutput(shape: readonly number[], dtype: tf.DataType): tf.TensorInfo;
  /** A view, valid until the next allocation. */
  typedArrayFromHeap(x: tf.TensorInfo): Float32Array;
}

/**
 * Replaces the kernels of slice and unstack where the part is one piece of memory; unstacking 100 steps costs one copy
 * then, instead of a hundred.
 */
export function registerSliceInPlace(): void {
  replace("Slice", ({ x }, attrs, backend) => {
    const { begin, size } = attrs as { begin: number | number[]; size: number | number[] };
    const [from, shape] = tf.slice_util.parseSliceParams(x!, begin, size) as [number[], number[]];
    if (!tf.slice_util.isSliceContinous(x!.shape, from, shape)) return undefined;
    const strides = tf.util.computeStrides(x!.shape);
    return copied(backend, x!, tf.slice_util.computeFlatOffset(from, strides), shape);
  });
  replace("Unpack", ({ value }, attrs, backend) => {
    const { axis } = attrs as { axis: number };
    if (axis !== 0 && axis !== -value!.shape.length) return undefined;
    const [parts, ...shape] = value!.shape as [number, ...number[]];
    const size = tf.util.sizeFromShape(shape);
    return Array.from({ length: parts }, (_, i) => copied(backend, value!, i * size, shape));
  });
}

type Part = (
  inputs: Readonly<Record<string, tf.TensorInfo>>,
  attrs: unknown,
  backend: WasmBackend,
) => tf.TensorInfo | tf.TensorInfo[] | undefined;

/** @param part undefined where the stock kernel has to do it */
function replace(kernelName: string, part: Part): void {
  const stock = tf.getKernel(kernelName, "wasm");
  tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel({
    ...stock,
    kernelFunc(params) {
      const inputs = params.inputs as Record<string, tf.TensorInfo>;
      if (Object.values(inputs).some(({ dtype }) => dtype !== "float32")) return stock.kernelFunc(params);
      return part(inputs, params.attrs, params.backend as WasmBackend) ?? stock.kernelFunc(params);
    },
  });
}

function copied(
  backend: WasmBackend,
  x: tf.TensorInfo,
  offset: number,
  shape: readonly number[],
): tf.TensorInfo {
  const part = backend.makeOutput(shape, x.dtype); // first, since it may move the memory
  const size = tf.util.sizeFromShape([...shape]);
  backend.typedArrayFromHeap(part).set(backend.typedArrayFromHeap(x).subarray(offset, offset + size));
  return part;
}
