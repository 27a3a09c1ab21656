/** Splits of samples by whole groups, each group tested once. */
import { randomFor } from "../random";
import type { TokenData, TokenSplit } from "./token-data";

export interface TokenFoldOptions {
  readonly folds: number;
  readonly seed: number;
  /** Is a group of one class, and shall the folds have as many of each? */
  readonly byClass?: boolean;
}

/** Of the groups that are not tested one in so many is for validation. */
const validated = 5;

/** Groups are dealt in random order; of those that are not tested every fifth is for validation, the others are learned from. */
export function tokenFolds(
  { groups, labels }: Pick<TokenData, "groups" | "labels">,
  { folds, seed, byClass = false }: TokenFoldOptions,
): TokenSplit[] {
  const order = dealt(groups, labels, seed, byClass);
  if (order.length - Math.ceil(order.length / folds) < 2)
    throw new Error(
      `tokenFolds: expected 2 groups or more beside those tested, got ${order.length} in ${folds} folds; ask for other folds`,
    );
  return Array.from({ length: folds }, (_, fold) => {
    const others = order.filter((_, at) => at % folds !== fold);
    return splitOf(groups, {
      name: `fold ${fold + 1} of ${folds}`,
      validation: new Set(others.filter((_, at) => at % validated === 0)),
      test: new Set(order.filter((_, at) => at % folds === fold)),
    });
  });
}

/**
 * A split that the data came with, of whose training one group in five is for validation.
 *
 * @param isTest of a group
 */
export function givenTokenSplit(
  { groups, labels }: Pick<TokenData, "groups" | "labels">,
  isTest: (group: string) => boolean,
  { seed, byClass = false }: Omit<TokenFoldOptions, "folds">,
): TokenSplit {
  const order = dealt(groups, labels, seed, byClass);
  const learned = order.filter((group) => !isTest(group));
  return splitOf(groups, {
    name: "given",
    validation: new Set(learned.filter((_, at) => at % validated === 0)),
    test: new Set(order.filter(isTest)),
  });
}

/** Groups in random order; those of a class behind one another where it is to be dealt evenly. */
function dealt(groups: readonly string[], labels: Int32Array, seed: number, byClass: boolean): string[] {
  const all = [...new Set(groups)];
  const order = Array.from(randomFor(seed, "token folds").permutation(all.length), (i) => all[i]!);
  const classOf = new Map(groups.map((group, i) => [group, labels[i]!]));
  return byClass ? order.sort((a, b) => classOf.get(a)! - classOf.get(b)!) : order;
}

function splitOf(
  groups: readonly string[],
  { name, validation, test }: { name: string; validation: ReadonlySet<string>; test: ReadonlySet<string> },
): TokenSplit {
  const rows = (wanted: (group: string) => boolean): Int32Array =>
    Int32Array.from(groups.flatMap((group, i) => (wanted(group) ? [i] : [])));
  return {
    name,
    train: rows((group) => !validation.has(group) && !test.has(group)),
    validation: rows((group) => validation.has(group)),
    test: rows((group) => test.has(group)),
  };
}
