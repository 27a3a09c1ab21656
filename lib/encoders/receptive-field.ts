/** Which steps a token of a convolutional encoder sees, computed from the structure alone. */

export interface Convolution {
  readonly kernelSize: number;
  readonly stride?: number;
  readonly dilation?: number;
  /** Zeros on both sides, all of them before the first step, or all after the last. */
  readonly padding: "same" | "causal" | "end";
}

/** 1 + Σₗ (kₗ - 1) dₗ Π s of the layers before l: the steps that one token sees, as long as the window has them. */
export function receptiveField(convolutions: readonly Convolution[]): number {
  let [field, pace] = [1, 1]; // pace: steps between two inputs of the layer
  for (const { kernelSize, stride = 1, dilation = 1 } of convolutions) {
    field += (kernelSize - 1) * dilation * pace;
    pace *= stride;
  }
  return field;
}

/** The first and the last step of a window of `time` steps that the token sees. */
export function stepsSeen(
  convolutions: readonly Convolution[],
  time: number,
  token: number,
): { readonly first: number; readonly last: number } {
  const lengths = [time]; // of each layer's input
  for (const { stride = 1 } of convolutions) lengths.push(Math.ceil(lengths.at(-1)! / stride));
  let [first, last] = [token, token];
  for (let i = convolutions.length - 1; i >= 0; i--) {
    const { stride = 1 } = convolutions[i]!;
    const left = paddingBefore(convolutions[i]!, lengths[i]!, lengths[i + 1]!);
    first = Math.max(0, first * stride - left);
    last = Math.min(lengths[i]! - 1, last * stride - left + span(convolutions[i]!) - 1);
  }
  return { first, last };
}

/** From a filter's first tap to its last. */
const span = ({ kernelSize, dilation = 1 }: Convolution): number => (kernelSize - 1) * dilation + 1;

function paddingBefore(layer: Convolution, into: number, out: number): number {
  if (layer.padding === "end") return 0;
  if (layer.padding === "causal") return span(layer) - 1;
  return Math.floor(Math.max((out - 1) * (layer.stride ?? 1) + span(layer) - into, 0) / 2); // TensorFlow's "same"
}
