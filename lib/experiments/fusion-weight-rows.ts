/** Whom a fusion listens to, from results: the weight of each sensor by class, the mean over runs. */
import type { Result } from "./result";

export interface FusionWeight {
  readonly method: string;
  readonly class: string;
  readonly sensor: string;
  readonly weight: number;
}

/** Presets without fusion weights have no rows; classes in the data's order. */
export function fusionWeightRows(results: readonly Result[]): FusionWeight[] {
  const methods = [...new Set(results.map(({ presetName }) => presetName))];
  return methods.flatMap((method) => {
    const own = results.filter(({ presetName }) => presetName === method);
    const said = own.flatMap(({ agreement }) =>
      agreement.filter((one) => one.of === "fusion weights").flatMap(({ sensors }) => sensors),
    );
    const [{ classes, preset }] = own as [Result];
    return classes.flatMap((name) =>
      preset.modalities.flatMap((sensor): FusionWeight[] => {
        const weights = said.filter((s) => s.class === name && s.sensor === sensor).map((s) => s.weight);
        if (weights.length === 0) return [];
        return [{ method, class: name, sensor, weight: weights.reduce((a, b) => a + b, 0) / weights.length }];
      }),
    );
  });
}
