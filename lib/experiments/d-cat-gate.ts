/** When to leave the gate open for all: a rule of one number, learned on some directions and tested on others. */
import { average } from "../metrics/average";
import { type Verdict, verdictOf } from "./compare";
import { directionOf } from "./d-cat-label";
import type { DCatResult } from "./d-cat-result";
import { overSubjects } from "./summary";

/** Two arms that differ in nothing but the gate: by the source that taught, or off. */
export interface GateCase {
  readonly data: string;
  readonly split: "ood" | "id";
  readonly direction: string;
  readonly source: string;
  readonly lambda: number;
  /** Share of the training windows at which the gate is open: known before any transfer. */
  readonly open: number;
  /** Macro-F1 with the gate − without it; the mean over seeds. */
  readonly each: readonly { readonly subject: string; readonly difference: number }[];
}

/** D-CAT on true pairs from scratch, whatever its λ, normalisation and source. */
export function gateCases(results: readonly DCatResult[]): GateCase[] {
  const gated = (result: DCatResult, gate: string): boolean => {
    const { method } = result.task;
    return method.kind === "transfer" && method.align === "signature" && method.gate === gate;
  };
  const others = new Map(results.filter((r) => gated(r, "off")).map((r) => [taskWithoutGate(r), r]));
  const cases = new Map<string, DCatResult[]>();
  for (const result of results.filter((r) => gated(r, "in-fold") && others.has(taskWithoutGate(r)))) {
    const name = JSON.stringify({ ...result.task, fold: undefined, seed: undefined });
    cases.set(name, [...(cases.get(name) ?? []), result]);
  }
  return [...cases.values()].map((of) => {
    const by = new Map<string, number[]>();
    for (const result of of) {
      const without = new Map(peopleIn(others.get(taskWithoutGate(result))!));
      for (const [subject, score] of peopleIn(result))
        by.set(subject, [...(by.get(subject) ?? []), score - without.get(subject)!]);
    }
    const { task } = of[0]!;
    return {
      ...{ data: task.data, split: task.split, direction: directionOf(task), source: task.fitness.source },
      lambda: task.method.kind === "transfer" ? task.method.lambda : 0,
      open: average(of.map(({ sources }) => average(sources.map(({ open }) => open)))),
      each: [...by].map(([subject, differences]) => ({ subject, difference: average(differences) })),
    };
  });
}

export interface GateRule {
  /** The gate is used where its open share is at least this; 0: always, Infinity: never. */
  readonly atLeast: number;
}

/** The threshold with the largest mean macro-F1 over cases, among those between any two of them; of equal ones the lowest. */
export function learnGateRule(cases: readonly GateCase[]): GateRule {
  const shares = [...new Set(cases.map(({ open }) => open))].sort((a, b) => a - b);
  const between = shares.slice(1).map((share, i) => (share + shares[i]!) / 2);
  const worth = (atLeast: number): number =>
    cases.reduce((sum, one) => sum + (one.open >= atLeast ? meanOf(one) : 0), 0);
  const [best] = [0, ...between, Infinity]
    .map((atLeast) => ({ atLeast, worth: worth(atLeast) }))
    .sort((a, b) => b.worth - a.worth);
  return { atLeast: best!.atLeast };
}

export interface RuleTest {
  /** "the gate always", "never" */
  readonly against: string;
  readonly gain: number;
  readonly from: number;
  readonly to: number;
  readonly people: number;
  readonly verdict: Verdict;
}

/** Each person's mean over cases of macro-F1 under the rule − under a habit. */
export function testGateRule({ atLeast }: GateRule, cases: readonly GateCase[]): RuleTest[] {
  return (["the gate always", "the gate never"] as const).map((against) => {
    const by = new Map<string, number[]>();
    for (const { data, open, each } of cases)
      for (const { subject, difference } of each) {
        const isUsed = open >= atLeast;
        const gain = against === "the gate never" ? (isUsed ? difference : 0) : isUsed ? 0 : -difference;
        const name = JSON.stringify([data, subject]);
        by.set(name, [...(by.get(name) ?? []), gain]);
      }
    const people = [...by.values()].map(average);
    const { mean, lower, upper } = overSubjects(people);
    const verdict = people.length < 6 ? ("undecided" as const) : verdictOf("macroF1", lower, upper);
    return { against, gain: mean, from: lower, to: upper, people: people.length, verdict };
  });
}

const taskWithoutGate = ({ task }: DCatResult): string =>
  JSON.stringify({ ...task, method: { ...task.method, gate: undefined } });

const peopleIn = ({ scores }: DCatResult): (readonly [string, number])[] =>
  scores
    .find(({ domain }) => domain === "as recorded")!
    .subjects.map(({ subject, macroF1 }) => [subject, macroF1] as const);

const meanOf = ({ each }: GateCase): number => average(each.map(({ difference }) => difference));
