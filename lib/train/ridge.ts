/** Linear regression with a penalty: a probe for numbers. */
import { cholesky, choleskySolve } from "./cholesky";
import { designOf } from "./logistic-regression";

export interface Ridge {
  /** [feature], from the training rows. */
  readonly mean: Float64Array;
  readonly scale: Float64Array;
  /** [feature + 1]; the last is the intercept. */
  readonly weights: Float64Array;
}

/**
 * Minimises Σ (w xᵢ + b - yᵢ)² + λ ‖w‖² over standardised features, the intercept unpenalised.
 *
 * @param features [row, feature]
 */
export function fitRidge(features: Float32Array | Float64Array, targets: ArrayLike<number>, l2 = 1): Ridge {
  const rows = targets.length;
  const width = features.length / rows;
  const mean = new Float64Array(width);
  const scale = new Float64Array(width);
  for (let i = 0; i < features.length; i++) mean[i % width]! += features[i]! / rows;
  for (let i = 0; i < features.length; i++)
    scale[i % width]! += (features[i]! - mean[i % width]!) ** 2 / rows;
  scale.forEach((variance, f) => (scale[f] = Math.sqrt(variance) || 1));
  const { columns, width: size } = designOf(features, mean, scale);
  const gram = new Float64Array(size * size);
  const moment = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const a = columns.subarray(i * rows, (i + 1) * rows);
    for (let j = 0; j <= i; j++) {
      let sum = i === j && i < size - 1 ? l2 : 0;
      for (let n = 0; n < rows; n++) sum += a[n]! * columns[j * rows + n]!;
      gram[i * size + j] = gram[j * size + i] = sum;
    }
    for (let n = 0; n < rows; n++) moment[i]! += a[n]! * targets[n]!;
  }
  return { mean, scale, weights: choleskySolve(cholesky(gram), moment) };
}

/** [row] */
export function ridgePredictions(
  { mean, scale, weights }: Ridge,
  features: Float32Array | Float64Array,
): Float64Array {
  const { rows, width } = designOf(features, mean, scale);
  return Float64Array.from({ length: rows.length / width }, (_, n) => {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += rows[n * width + k]! * weights[k]!;
    return sum;
  });
}
