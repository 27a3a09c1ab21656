/** With one sensor left, is a fusion as good as the best model that never had another? */
import type { Result } from "./result";
import { subsetRows } from "./subset-rows";

export interface LoneSensorRow {
  readonly sensor: string;
  readonly method: string;
  /** Accuracies with this sensor alone, mean over people and seeds. */
  readonly fused: number;
  readonly trainedAlone: number;
  readonly difference: number;
}

/** @param results fusions, and the presets "only-<sensor>" of the same folds; rows of each sensor, the best fusion first */
export function loneSensorRows(results: readonly Result[]): LoneSensorRow[] {
  const alone = results.filter(({ presetName }) => presetName.startsWith("only-"));
  const sensors = [...new Set(alone.flatMap(({ preset }) => preset.modalities))];
  const fusions = results.filter(({ preset }) => "fusion" in preset && preset.modalities.length > 1);
  const accuracyOf = (of: readonly Result[], sensor: string): number => {
    const scores = subsetRows(of)
      .filter(({ set }) => set === sensor)
      .map(({ accuracy }) => accuracy);
    return scores.reduce((a, b) => a + b, 0) / scores.length;
  };
  return sensors.flatMap((sensor) => {
    const trainedAlone = accuracyOf(
      alone.filter(({ preset }) => preset.modalities[0] === sensor),
      sensor,
    );
    return [...new Set(fusions.map(({ presetName }) => presetName))]
      .map((method) => {
        const fused = accuracyOf(
          fusions.filter(({ presetName }) => presetName === method),
          sensor,
        );
        return { sensor, method, fused, trainedAlone, difference: fused - trainedAlone };
      })
      .sort((a, b) => b.difference - a.difference);
  });
}
