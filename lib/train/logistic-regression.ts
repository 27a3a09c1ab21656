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
  /** [class, feature + 1], the last column is the bias. */
  readonly weights: Float64Array;
  readonly steps: number;
  /** False if it ran out of steps. */
  readonly converged: boolean;
}

/**
 * Minimises Σᵢ -log softmax(W xᵢ)[yᵢ] + λ/2 ‖W‖², the bias unpenalised, from W = 0.
 *
 * The bound ½ XᵀX + λ on the Hessian gives a step that needs no search (Böhning 1992); Nesterov's momentum, begun anew
 * when it points uphill, makes the steps few. The result depends on nothing but the arguments.
 *
 * @throws if a class has no example, since its bias would have no minimum
 */
export function fitLogisticRegression(examples: Examples, options: LogisticOptions = {}): LogisticRegression {
  const { l2 = 1, tolerance = 1e-4, steps = 1000 } = options;
  const { features, labels, classes } = examples;
  checkExamples(examples);
  const { mean, scale } = moments(features, features.length / labels.length);
  const x = designOf(features, mean, scale);
  const factor = cholesky(curvature(x, l2));

  let weights: Float64Array = new Float64Array(classes * x.width);
  let ahead = weights;
  let momentum = 1;
  for (let step = 1; step <= steps; step++) {
    const { gradient } = logisticLoss(ahead, x, labels, l2);
    const down = choleskySolve(factor, gradient);
    const next = ahead.map((w, i) => w - down[i]!);
    const moved = next.map((w, i) => w - weights[i]!);
    const uphill = moved.reduce((sum, m, i) => sum + m * gradient[i]!, 0) > 0;
    const after = uphill ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const push = uphill ? 0 : (momentum - 1) / after;
    ahead = next.map((w, i) => w + push * moved[i]!);
    weights = next;
    momentum = after;
    if (down.every((d) => Math.abs(d) <= tolerance))
      return { classes, mean, scale, weights, steps: step, converged: true };
  }
  return { classes, mean, scale, weights, steps, converged: false };
}

/** [example, class] */
export function logisticProbabilities(
  model: LogisticRegression,
  features: Float32Array | Float64Array,
): Float64Array {
  return softmaxRows(
    timesTransposed(designOf(features, model.mean, model.scale).rows, model.weights, model.mean.length + 1),
    model.classes,
  );
}

/** Standardised features and, as the last one, a constant 1. */
export interface Design {
  readonly width: number;
  /** [example, width] */
  readonly rows: Float64Array;
  /** [width, example], the same numbers. */
  readonly columns: Float64Array;
}

/** What is minimised, and its derivative [class, width]; public so that a test can compare the two. */
export function logisticLoss(
  weights: Float64Array,
  x: Design,
  labels: ArrayLike<number>,
  l2: number,
): { readonly loss: number; readonly gradient: Float64Array } {
  const classes = weights.length / x.width;
  const count = labels.length;
  const p = softmaxRows(timesTransposed(x.rows, weights, x.width), classes); // [example, class]
  const residuals = new Float64Array(classes * count); // [class, example]
  let loss = 0;
  for (let n = 0; n < count; n++) {
    loss -= Math.log(p[n * classes + labels[n]!]!);
    for (let c = 0; c < classes; c++)
      residuals[c * count + n] = p[n * classes + c]! - (labels[n] === c ? 1 : 0);
  }
  const gradient = timesTransposed(residuals, x.columns, count);
  for (let i = 0; i < weights.length; i++) {
    if (i % x.width === x.width - 1) continue;
    loss += (l2 / 2) * weights[i]! ** 2;
    gradient[i]! += l2 * weights[i]!;
  }
  return { loss, gradient };
}

function checkExamples({ features, labels, classes }: Examples): void {
  const seen = new Set(Array.from(labels));
  const lacking = Array.from({ length: classes }, (_, c) => c).filter((c) => !seen.has(c));
  if (!lacking.length && seen.size === classes && features.length % labels.length === 0) return;
  throw new Error(
    `fitLogisticRegression: expected examples of each class 0 to ${classes - 1}, got classes [${[...seen].sort((a, b) => a - b).join(", ")}] in ${labels.length} labels for ${features.length} features; number the classes that training holds`,
  );
}

/** A Bᵀ: [row, other], for A [row, width] and B [other, width]; sums in a fixed order, four at a time. */
function timesTransposed(a: Float64Array, b: Float64Array, width: number): Float64Array {
  const [rows, others] = [a.length / width, b.length / width];
  const out = new Float64Array(rows * others);
  for (let r = 0; r < rows; r++)
    for (let o = 0; o < others; o++) {
      const i = r * width;
      const j = o * width;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let k = 0;
      for (; k + 3 < width; k += 4) {
        s0 += a[i + k]! * b[j + k]!;
        s1 += a[i + k + 1]! * b[j + k + 1]!;
        s2 += a[i + k + 2]! * b[j + k + 2]!;
        s3 += a[i + k + 3]! * b[j + k + 3]!;
      }
      for (; k < width; k++) s0 += a[i + k]! * b[j + k]!;
      out[r * others + o] = s0 + s1 + (s2 + s3);
    }
  return out;
}

/** Softmax of each row of `classes` numbers, in place. */
function softmaxRows(scores: Float64Array, classes: number): Float64Array {
  for (let at = 0; at < scores.length; at += classes) {
    let top = -Infinity;
    for (let c = 0; c < classes; c++) top = Math.max(top, scores[at + c]!);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += scores[at + c] = Math.exp(scores[at + c]! - top);
    for (let c = 0; c < classes; c++) scores[at + c]! /= sum;
  }
  return scores;
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

export function designOf(
  features: Float32Array | Float64Array,
  mean: Float64Array,
  scale: Float64Array,
): Design {
  const width = mean.length + 1;
  const count = features.length / mean.length;
  const [rows, columns] = [new Float64Array(count * width), new Float64Array(count * width)];
  for (let n = 0; n < count; n++)
    for (let f = 0; f < width; f++) {
      const value = f < mean.length ? (features[n * mean.length + f]! - mean[f]!) / scale[f]! : 1;
      rows[n * width + f] = columns[f * count + n] = Number.isNaN(value) ? 0 : value;
    }
  return { width, rows, columns };
}

/** ½ XᵀX + λ, the bias unpenalised: [width, width]. */
function curvature({ width, columns }: Design, l2: number): Float64Array {
  const gram = timesTransposed(columns, columns, columns.length / width);
  return gram.map((g, i) => g / 2 + (i % (width + 1) === 0 && i < gram.length - 1 ? l2 : 0));
}
