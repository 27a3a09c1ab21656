/** Three expectations that the notes set before anything was trained: true or not, with intervals over groups. */
import { studentInterval } from "../metrics/interval";
import { average } from "../metrics/average";
import type { McaResult } from "./mca-result";
import { accuraciesOf, groupsOf, meansByGroup } from "./mca-rows";

export interface McaSign {
  /** "a", "b", "c" of the notes. */
  readonly sign: string;
  readonly what: string;
  readonly p: string;
  /** Of paired differences over groups; what was expected is above 0. */
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  readonly groups: number;
  readonly finding: "as expected" | "the opposite" | "not told apart" | "too few groups";
}

type ByGroup = ReadonlyMap<string, number>;

/**
 * - a: MCA above Zorro on the linear probe and in retrieval (R@10), at p of 0.6 and less in training and testing
 * - b: everything-at-once best at finding fused embeddings; its lead shrinks when the query's modality is left out of them
 * - c: MCA's uniformity changes less from the smallest to the largest p than Zorro's
 *
 * Groups are people, sites, ...; of several seeds and modalities a group has the mean.
 */
export function mcaSigns(results: readonly McaResult[]): McaSign[] {
  const trained = groupsOf(results);
  const of = (method: string, p: number): readonly McaResult[] =>
    trained.find((one) => one.method === method && one.trainedAt === String(p))?.own ?? [];
  const ps = [
    ...new Set(trained.filter(({ method }) => method === "MCA").map(({ trainedAt }) => Number(trainedAt))),
  ]
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const probe = ps
    .filter((p) => p <= 0.6)
    .map((p) =>
      signOf(
        "a",
        "linear probe, MCA - Zorro",
        String(p),
        accuraciesOf(of("MCA", p), p),
        accuraciesOf(of("Zorro", p), p),
      ),
    );
  const found = (method: string, p: number, withQuery: boolean): ByGroup =>
    recallOf(of(method, p), p, withQuery);
  const retrieved = ps.flatMap((p) => [
    ...(p <= 0.6
      ? [
          signOf(
            "a",
            "R@10 without the query, MCA - Zorro",
            String(p),
            found("MCA", p, false),
            found("Zorro", p, false),
          ),
        ]
      : []),
    ...["MCA", "Zorro"].map((other) =>
      signOf(
        "b",
        `R@10 with the query, everything at once - ${other}`,
        String(p),
        found("everything at once", p, true),
        found(other, p, true),
      ),
    ),
    signOf("b", "its lead over MCA with the query - without", String(p), ...leads(found, p)),
  ]);
  const [least, most] = [ps[0] ?? NaN, ps.at(-1) ?? NaN];
  const change = (method: string): ByGroup =>
    combined(uniformityOf(of(method, most), most), uniformityOf(of(method, least), least), (a, b) =>
      Math.abs(a - b),
    );
  const flatter = signOf(
    "c",
    "change of uniformity, Zorro - MCA",
    `${least} to ${most}`,
    change("Zorro"),
    change("MCA"),
  );
  const flat = ps.length > 1 ? [flatter] : [];
  return [...probe, ...retrieved, ...flat]
    .filter(({ groups }) => groups > 0)
    .sort((a, b) => a.sign.localeCompare(b.sign));
}

function leads(
  found: (method: string, p: number, withQuery: boolean) => ByGroup,
  p: number,
): [ByGroup, ByGroup] {
  const lead = (withQuery: boolean): ByGroup =>
    combined(found("everything at once", p, withQuery), found("MCA", p, withQuery), (a, b) => a - b);
  return [lead(true), lead(false)];
}

function signOf(sign: string, what: string, p: string, larger: ByGroup, smaller: ByGroup): McaSign {
  const values = [...combined(larger, smaller, (a, b) => a - b).values()];
  const mean = average(values);
  const shared = { sign, what, p, groups: values.length };
  if (values.length < 2) return { ...shared, mean, lower: NaN, upper: NaN, finding: "too few groups" };
  const { lower, upper } = studentInterval(values);
  const finding = lower > 0 ? "as expected" : upper < 0 ? "the opposite" : "not told apart";
  return { ...shared, mean, lower, upper, finding };
}

/** Of the groups that both have. */
function combined(a: ByGroup, b: ByGroup, f: (a: number, b: number) => number): Map<string, number> {
  return new Map(
    [...a].flatMap(([group, x]) => (b.has(group) ? [[group, f(x, b.get(group)!)] as const] : [])),
  );
}

/** [group] → R@10, mean over modalities and seeds */
const recallOf = (results: readonly McaResult[], p: number, withQuery: boolean): ByGroup =>
  meansByGroup(
    results.flatMap(({ tests }) =>
      tests
        .filter((test) => test.p === p)
        .flatMap(({ retrieval }) => retrieval.filter((row) => row.withQuery === withQuery))
        .flatMap(({ groups }) =>
          Object.entries(groups).map(([group, { recall10 }]) => [group, recall10] as const),
        ),
    ),
  );

/** [group] → uniformity of its own samples' fused embeddings */
const uniformityOf = (results: readonly McaResult[], p: number): ByGroup =>
  meansByGroup(
    results.flatMap(({ tests }) =>
      tests
        .filter((test) => test.p === p)
        .flatMap(({ space }) => Object.entries(space?.uniformity.groups ?? {}))
        .flatMap(([group, x]) => (x === null ? [] : [[group, x] as const])),
    ),
  );
