/** From trainings to tables: accuracy by number of sensors, and how many points each switch is worth. */
import { studentInterval } from "../metrics/interval";
import type { SubsetAnswer } from "./collapse-answers";
import type { CollapseResult } from "./collapse-result";

const asTrained = ", as trained";

/** The answers of a result under a switch; those of models without any are "as trained". */
export function answersUnder(
  { answers, variantName }: CollapseResult,
  name: string,
): readonly SubsetAnswer[] {
  const found = answers.find((a) => a.switch === name || a.switch === `${name}${asTrained}`);
  if (found) return found.subsets;
  throw new Error(
    `answersUnder: ${variantName}: expected one of [${answers.map((a) => a.switch).join(", ")}], got "${name}"; choose one of them`,
  );
}

/** The answers of the graph that was trained. */
export const answersAsTrained = ({ answers }: CollapseResult): readonly SubsetAnswer[] =>
  answers.find((a) => a.switch.endsWith("as trained"))!.subsets;

/** Mean accuracy over the sets of so many sensors: what a degradation curve shows. */
export function meanAccuracy(subsets: readonly SubsetAnswer[], sensors: number): number {
  const rows = subsets.filter((row) => row.sensors.length === sensors);
  return rows.reduce((sum, { accuracy }) => sum + accuracy, 0) / rows.length;
}

/** Over seeds; without an interval where there is one. */
interface OverSeeds {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  readonly seeds: number;
}

function overSeeds(values: readonly number[]): OverSeeds {
  const [only] = values;
  if (values.length === 1) return { mean: only!, lower: only!, upper: only!, seeds: 1 };
  const { mean, lower, upper } = studentInterval(values);
  return { mean, lower, upper, seeds: values.length };
}

export interface CollapseCurveRow extends OverSeeds {
  readonly line: string;
  readonly sensors: number;
}

/** A line of a figure: which variant, asked how. */
export interface CollapseLine {
  readonly line: string;
  readonly variant: string;
  /** As it was trained unless told. */
  readonly switch?: string;
}

const sizesOf = (subsets: readonly SubsetAnswer[]): number[] => [
  ...new Set(subsets.map((s) => s.sensors.length)),
];

/** One row for each line and number of sensors. */
export const collapseCurves = (
  results: readonly CollapseResult[],
  lines: readonly CollapseLine[],
): CollapseCurveRow[] =>
  lines.flatMap(({ line, variant, switch: name }) => {
    const each = ofVariant(results, variant).map((r) => (name ? answersUnder(r, name) : answersAsTrained(r)));
    return sizesOf(each[0]!).map((sensors) => ({
      ...{ line, sensors },
      ...overSeeds(each.map((subsets) => meanAccuracy(subsets, sensors))),
    }));
  });

export interface CollapseGain extends OverSeeds {
  readonly change: string;
  /** Where it acts: on the weights as they are, when they are `asked`, or when they are `trained`. */
  readonly acts: "asked" | "trained";
  readonly sensors: number;
}

interface OfSeed {
  readonly seed: number;
  readonly subsets: readonly SubsetAnswer[];
}

const trainedOf = (results: readonly CollapseResult[], variant: string): OfSeed[] =>
  ofVariant(results, variant).map((r) => ({ seed: r.seed, subsets: answersAsTrained(r) }));

/** Points (hundredths of accuracy) of one above the other with the same seed, by number of sensors; none where no seed has both. */
function pointsAbove(
  first: readonly OfSeed[],
  second: readonly OfSeed[],
): (OverSeeds & { readonly sensors: number })[] {
  const others = new Map(second.map(({ seed, subsets }) => [seed, subsets]));
  const pairs = first.flatMap(({ seed, subsets: own }) => {
    const other = others.get(seed);
    return other ? [{ own, other }] : [];
  });
  if (pairs.length === 0) return [];
  return sizesOf(pairs[0]!.own).map((sensors) => ({
    sensors,
    ...overSeeds(
      pairs.map(({ own, other }) => 100 * (meanAccuracy(own, sensors) - meanAccuracy(other, sensors))),
    ),
  }));
}

/**
 * Points above the published hybrid with the same seed, for each switch, and for each training variant of the hybrid that was
 * trained on the same seeds; mean and 95 % interval over seeds.
 */
export function collapseGains(results: readonly CollapseResult[]): CollapseGain[] {
  const published = ofVariant(results, "published");
  const reference = trainedOf(results, "published");
  const asked = published[0]!.answers.filter((a) => !a.switch.endsWith(asTrained)).map((a) => a.switch);
  const trained = [...new Set(results.map((r) => r.variantName))].filter((name) => {
    const { variant } = results.find((r) => r.variantName === name)!;
    return name !== "published" && variant.kind === "published" && variant.fusion === "hybrid";
  });
  const gains = (change: string, acts: CollapseGain["acts"], own: readonly OfSeed[]): CollapseGain[] =>
    pointsAbove(own, reference).map((points) => ({ change, acts, ...points }));
  return [
    ...asked.flatMap((name) =>
      gains(
        name,
        "asked",
        published.map((r) => ({ seed: r.seed, subsets: answersUnder(r, name) })),
      ),
    ),
    ...trained.flatMap((name) => gains(name, "trained", trainedOf(results, name))),
  ];
}

/** Points by which one variant is above another of the same seed, at each number of sensors; each as it was trained. */
export function collapseDifferences(
  results: readonly CollapseResult[],
  first: string,
  second: string,
): (OverSeeds & { readonly sensors: number })[] {
  const points = pointsAbove(trainedOf(results, first), trainedOf(results, second));
  if (points.length > 0) return points;
  throw new Error(
    `collapseDifferences: expected a seed of both ${first} and ${second}, got none; train both with one seed`,
  );
}

/** @throws where the variant has not been trained, with those that have */
export function ofVariant(results: readonly CollapseResult[], name: string): CollapseResult[] {
  const found = results.filter((r) => r.variantName === name);
  if (found.length > 0) return found;
  const known = [...new Set(results.map((r) => r.variantName))];
  throw new Error(
    `collapse: expected one of the variants [${known.join(", ")}], got "${name}"; run: npm run results -- collapse-simulated`,
  );
}
