/** Recordings of which each is one example: a patient, whose modalities are a row of features each. */
import type { Channel, Vector } from "./recording";

/** @param values one for each feature */
export const oneRow = (features: readonly Channel[], values: ArrayLike<number>): Vector => ({
  ...{ kind: "vector", features },
  seconds: Float64Array.of(0),
  values: Float32Array.from(values),
});

/** Columns without a unit, or of one unit. */
export const featuresNamed = (names: readonly string[], unit = "1"): Channel[] =>
  names.map((name) => ({ name, unit }));
