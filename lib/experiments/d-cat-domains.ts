/** Further domains of a target: the same people and moments with the sensor turned, or at half the rate. */
import type { Batch } from "../data/gather-batch";
import type { Scaler } from "../data/scaler";

export const domains = ["as recorded", "turned by 30°", "half the rate"] as const;
export type Domain = (typeof domains)[number];

/** What `predict` does to a batch before the model sees it; undefined where the sensor knows no such domain. */
export function domainEdit(
  domain: Domain,
  sensor: string,
  scaler: Scaler,
): ((batch: Batch) => void) | undefined {
  if (domain === "as recorded") return () => {};
  if (domain === "half the rate") return (batch) => holdEverySecond(batch, sensor);
  return scaler[sensor]!.mean.length % 3 === 0 ? (batch) => turn(batch, sensor, scaler) : undefined;
}

/** Each odd step says again what the step before it said. */
function holdEverySecond({ inputs }: Batch, sensor: string): void {
  const { shape, values } = inputs[`${sensor}_values`]!;
  const [windows, time, width] = shape as [number, number, number];
  const validity = inputs[`${sensor}_validity`]!.values;
  for (let window = 0; window < windows; window++)
    for (let step = 1; step < time; step += 2) {
      const at = window * time + step;
      values.copyWithin(at * width, (at - 1) * width, at * width);
      validity[at] = validity[at - 1]!;
    }
}

const angle = Math.PI / 6;
const [cos, sin] = [Math.cos(angle), Math.sin(angle)];

/** x and y of each triple of channels, in measured units: a sensor that was strapped on askew. */
function turn({ inputs }: Batch, sensor: string, scaler: Scaler): void {
  const { mean, deviation } = scaler[sensor]!;
  const { values } = inputs[`${sensor}_values`]!;
  const validity = inputs[`${sensor}_validity`]!.values;
  const width = mean.length;
  validity.forEach((valid, step) => {
    if (valid === 0) return; // zeros there are no measurement
    const row = values.subarray(step * width, (step + 1) * width);
    for (let c = 0; c < width; c += 3) {
      const x = row[c]! * deviation[c]! + mean[c]!;
      const y = row[c + 1]! * deviation[c + 1]! + mean[c + 1]!;
      row[c] = (cos * x - sin * y - mean[c]!) / deviation[c]!;
      row[c + 1] = (sin * x + cos * y - mean[c + 1]!) / deviation[c + 1]!;
    }
  });
}
