/** Multinomial logistic regression, the floor of every table: whatever a network adds, it adds to this. */
import { cholesky, choleskySolve } from "./cholesky";

/** Features as they are measured: the fit standardises them itself; NaN, not measured, counts as the training mean. */
export interface Examples {
  /** [example, feature] */
  readonly features: Float32Array | Float64Array;
  /** [example] class, 0 to classes - 1. */
  readonly labels: ArrayLike<number>;
  readonly classes: number;
}

export interface LogisticOptions {
  /** λ. Default 1. */
  readonly l2?: number;
  /** Stops when no weight moves by more. Default 1e-4. */
  readonly tolerance?: number;
  /** At most so many steps. Default 1,000. */
  readonly steps?: number;
}

export interface LogisticRegression {
  readonly classes: number;
  /** [feature], from the training examples. */
  readonly mean: Float64Array;
  readonly scale: Float64Array;
  /** [feature + 1, class], the last row is the bias. */
  readonly weights: Float64Array;
  readonly steps: number;
  /** False if it ran out of steps. */
  readonly converged: boolean;
}

/**
 * Minimises Σᵢ -log softmax(Wᵀxᵢ)[yᵢ] + λ/2 ‖W‖², the bias unpenalised, from W = 0.
 *
 * Böhning's bound ½ XᵀX + λ ≥ the Hessian gives a step that needs no search (Böhning 1992); Nesterov's momentum, begun
 * anew when it points uphill, makes the steps few. The result depends on nothing but the arguments.
 *
 * @throws if a class has no example, since its bias would have no minimum
 */
export function fitLogisticRegression(examples: Examples, options: LogisticOptions = {}): LogisticRegression {
  const { l2 = 1, tolerance = 1e-4, steps = 1000 } = options;
  const { features, labels, classes } = examples;
  const count = labels.length;
  const width = features.length / count;
  const seen = new Set(Array.from(labels));
  const lacking = Array.from({ length: classes }, (_, c) => c).filter((c) => !seen.has(c));
  if (!Number.isInteger(width) || lacking.length || seen.size !== classes)
    throw new Error(
      `fitLogisticRegression: expected examples of classes 0 to ${classes - 1}, got ${count} labels for ${features.length} features, none of [${lacking.join(", ")}]; number only the classes that training holds`,
    );
  const { mean, scale } = moments(features, width);
  const x = design(features, mean, scale); // [example, feature + 1]
  const factor = cholesky(curvature(x, width + 1, l2));

  let weights: Float64Array = new Float64Array((width + 1) * classes);
  let ahead = weights;
  let momentum = 1;
  for (let step = 1; step <= steps; step++) {
    const { gradient } = logisticLoss(ahead, x, labels, classes, l2);
    const down = choleskySolve(factor, gradient);
    const next = ahead.map((w, i) => w - down[i]!);
    const moved = next.map((w, i) => w - weights[i]!);
    const change = down.reduce((max, d) => Math.max(max, Math.abs(d)), 0);
    const uphill = moved.reduce((sum, m, i) => sum + m * gradient[i]!, 0) > 0;
    const after = uphill ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const push = uphill ? 0 : (momentum - 1) / after;
    ahead = next.map((w, i) => w + push * moved[i]!);
    weights = next;
    momentum = after;
    if (change <= tolerance) return { classes, mean, scale, weights, steps: step, converged: true };
  }
  return { classes, mean, scale, weights, steps, converged: false };
}

/** [example, class] */
export function logisticProbabilities(
  model: LogisticRegression,
  features: Float32Array | Float64Array,
): Float64Array {
  return probabilities(model.weights, design(features, model.mean, model.scale), model.classes);
}

/**
 * What is minimised, and its derivative; public so that a test can compare the two.
 *
 * @param weights [feature + 1, class]
 * @param x [example, feature + 1], standardised, the last column 1
 */
export function logisticLoss(
  weights: Float64Array,
  x: Float64Array,
  labels: ArrayLike<number>,
  classes: number,
  l2: number,
): { readonly loss: number; readonly gradient: Float64Array } {
  const width = weights.length / classes;
  const p = probabilities(weights, x, classes);
  const gradient = weights.map((w, i) => (i < weights.length - classes ? l2 * w : 0));
  let loss = 0;
  for (let i = 0; i < weights.length - classes; i++) loss += (l2 / 2) * weights[i]! ** 2;
  for (let n = 0; n < labels.length; n++) {
    loss -= Math.log(p[n * classes + labels[n]!]!);
    p[n * classes + labels[n]!]! -= 1;
    for (let f = 0; f < width; f++) {
      const value = x[n * width + f]!;
      for (let c = 0; c < classes; c++) gradient[f * classes + c]! += value * p[n * classes + c]!;
    }
  }
  return { loss, gradient };
}

/** softmax(Wᵀx) for each example: [example, class]. */
function probabilities(weights: Float64Array, x: Float64Array, classes: number): Float64Array {
  const width = weights.length / classes;
  const out = new Float64Array((x.length / width) * classes);
  for (let n = 0; n < x.length / width; n++) {
    const row = out.subarray(n * classes, (n + 1) * classes);
    for (let f = 0; f < width; f++) {
      const value = x[n * width + f]!;
      for (let c = 0; c < classes; c++) row[c]! += value * weights[f * classes + c]!;
    }
    let top = -Infinity;
    for (let c = 0; c < classes; c++) top = Math.max(top, row[c]!);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += row[c] = Math.exp(row[c]! - top);
    for (let c = 0; c < classes; c++) row[c]! /= sum;
  }
  return out;
}

/** Mean and standard deviation of each feature over the examples in which it was measured; a constant has scale 1. */
function moments(
  features: Float32Array | Float64Array,
  width: number,
): { readonly mean: Float64Array; readonly scale: Float64Array } {
  const [mean, scale] = [new Float64Array(width), new Float64Array(width)];
  for (let f = 0; f < width; f++) {
    const column: number[] = [];
    for (let i = f; i < features.length; i += width)
      if (!Number.isNaN(features[i]!)) column.push(features[i]!);
    const average = column.reduce((sum, v) => sum + v, 0) / (column.length || 1);
    const variance = column.reduce((sum, v) => sum + (v - average) ** 2, 0) / (column.length || 1);
    mean[f] = average;
    scale[f] = Math.sqrt(variance) || 1;
  }
  return { mean, scale };
}

/** Standardised features and a column of ones: [example, feature + 1]. */
function design(
  features: Float32Array | Float64Array,
  mean: Float64Array,
  scale: Float64Array,
): Float64Array {
  const width = mean.length;
  const count = features.length / width;
  const x = new Float64Array(count * (width + 1)).fill(1);
  for (let n = 0; n < count; n++)
    for (let f = 0; f < width; f++) {
      const value = (features[n * width + f]! - mean[f]!) / scale[f]!;
      x[n * (width + 1) + f] = Number.isNaN(value) ? 0 : value;
    }
  return x;
}

/** ½ XᵀX + λ, the bias unpenalised: [width, width]. */
function curvature(x: Float64Array, width: number, l2: number): Float64Array {
  const out = new Float64Array(width * width);
  for (let n = 0; n < x.length; n += width)
    for (let i = 0; i < width; i++)
      for (let j = 0; j <= i; j++) out[i * width + j]! += 0.5 * x[n + i]! * x[n + j]!;
  for (let i = 0; i < width - 1; i++) out[i * width + i]! += l2;
  return out;
}
