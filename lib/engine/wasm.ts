/** The WASM engine, with what its 4.22 release lacks or does slowly put right. */
import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs";
import { registerSliceInPlace } from "./wasm-slice";

/** Starts the backend and replaces kernels; measured reasons stand at each. */
export async function registerWasmWorkarounds(): Promise<void> {
  createRequire(__filename)("@tensorflow/tfjs-backend-wasm"); // its import registers the backend
  if (!(await tf.setBackend("wasm")))
    throw new Error(
      "startEngine: expected the WASM backend to start, got a refusal; use Node 20.19 or newer",
    );
  transposeBeforeMatMul();
  registerSliceInPlace();
  tf.registerKernel({
    kernelName: "Conv2DBackpropFilter",
    backendName: "wasm",
    kernelFunc: conv2dFilterGradient,
  });
}

/** A product with a transposed operand is 10 to 26 times slower there than a transposition and a plain product. */
function transposeBeforeMatMul(): void {
  for (const kernelName of ["BatchMatMul", "_FusedMatMul"]) {
    const kernel = tf.getKernel(kernelName, "wasm");
    tf.unregisterKernel(kernelName, "wasm");
    tf.registerKernel({
      ...kernel,
      kernelFunc(params) {
        const { transposeA, transposeB } = params.attrs as { transposeA: boolean; transposeB: boolean };
        if (!transposeA && !transposeB) return kernel.kernelFunc(params);
        const { a, b } = params.inputs as Record<"a" | "b", tf.Tensor>; // the engine hands over tensors
        const turned = { a: transposeA ? swapLast(a) : undefined, b: transposeB ? swapLast(b) : undefined };
        try {
          return kernel.kernelFunc({
            ...params,
            inputs: { ...params.inputs, a: turned.a ?? a, b: turned.b ?? b },
            attrs: { ...params.attrs, transposeA: false, transposeB: false },
          });
        } finally {
          tf.dispose([turned.a, turned.b].filter((x) => x !== undefined) as tf.Tensor[]);
        }
      },
    });
  }
}

function swapLast(x: tf.Tensor): tf.Tensor {
  const axes = x.shape.map((_, axis) => axis);
  axes.push(...axes.splice(-2).reverse());
  return tf.transpose(x, axes);
}

/**
 * The filter's gradient of conv2d, which the backend lacks; along time the gradient is another (conv-gradient.ts), so
 * that this one serves filters of more than one row:
 * dW[y, x, in, out] = sum over batch and outputs of input[., y + stride * row, x + stride * column, in] * dy[., row, column, out].
 */
function conv2dFilterGradient({
  inputs,
  attrs,
}: Parameters<tf.KernelConfig["kernelFunc"]>[0]): tf.TensorInfo {
  const { x, dy } = inputs as Record<"x" | "dy", tf.Tensor4D>; // the engine hands over tensors
  const { strides, pad, dimRoundingMode, filterShape } = attrs as unknown as {
    strides: [number, number];
    pad: number | "same" | "valid";
    dimRoundingMode: "floor";
    filterShape: [number, number, number, number];
  };
  const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
  return tf.tidy(() => {
    const { top, bottom, left, right } = info.padInfo;
    const padded = tf.pad(x, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]);
    const { outHeight, outWidth, strideHeight, strideWidth, inChannels, outChannels, batchSize } = info;
    const flatDy = dy.reshape([-1, outChannels]); // [batch * row * column, out]
    const taps: tf.Tensor[] = [];
    for (let row = 0; row < info.filterHeight; row++)
      for (let column = 0; column < info.filterWidth; column++) {
        const end = [
          batchSize,
          row + strideHeight * (outHeight - 1) + 1,
          column + strideWidth * (outWidth - 1) + 1,
          inChannels,
        ];
        const seen = tf.stridedSlice(padded, [0, row, column, 0], end, [1, strideHeight, strideWidth, 1]);
        taps.push(tf.matMul(seen.reshape([-1, inChannels]), flatDy, true)); // [in, out]
      }
    return tf.stack(taps).reshape(filterShape);
  });
}
