/** Do weights rank sensors by need, as rows: over the people that each model was asked about. */
import type { Result } from "./result";
import { type MeanInterval, overSubjects } from "./summary";

export type Weighing = Result["agreement"][number]["of"];

/** In the words of tables and figures. */
export const controls = {
  kendall: "its own",
  otherWindow: "of another window",
  permuted: "dealt out at random",
} as const;

export interface AgreementRow extends MeanInterval {
  readonly preset: string;
  readonly of: Weighing;
  readonly worth: "occlusion" | "shapley";
  /** Whose weights are ranked. */
  readonly weights: (typeof controls)[keyof typeof controls];
}

/** Kendall's τ by subject, the mean over seeds; none for a model that weighs nothing, or all alike. */
export function agreementRows(results: readonly Result[]): AgreementRow[] {
  const found = results.flatMap(({ presetName, agreement }) =>
    agreement.flatMap(({ of, ranks }) => ranks.map((rank) => ({ preset: presetName, of, ...rank }))),
  );
  const names = [...new Set(found.map(({ preset, of, worth }) => JSON.stringify([preset, of, worth])))];
  return names.flatMap((name) => {
    const [preset, of, worth] = JSON.parse(name) as [string, Weighing, "occlusion" | "shapley"];
    const own = found.filter((row) => row.preset === preset && row.of === of && row.worth === worth);
    return (Object.keys(controls) as (keyof typeof controls)[]).flatMap((control) => {
      const each = [...new Set(own.map(({ subject }) => subject))].flatMap((subject) => {
        const seeds = own.flatMap((row) => (row.subject === subject ? (row[control] ?? []) : []));
        return seeds.length > 0 ? [seeds.reduce((sum, x) => sum + x, 0) / seeds.length] : [];
      });
      const weights = controls[control];
      return each.length > 0 ? [{ preset, of, worth, weights, ...overSubjects(each) }] : [];
    });
  });
}
