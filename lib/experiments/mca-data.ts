/** Samples as tokens, and how they are split. */
import type { TokenData, TokenSplit } from "../data/token-data";
import { randomFor } from "../random";
import type { Profile } from "../workspace";
import type { DataFolders } from "./window-source";

export interface McaData {
  readonly data: TokenData;
  readonly splits: readonly TokenSplit[];
}

export type McaSource = (profile: Profile, folders: DataFolders) => Promise<McaData>;

/** The seed of the splits: not that of masks, nor that of weights (trap M8). */
export const splitSeed = 1;

/** Whole groups in each part, dealt at random. */
export function byGroups(
  data: Pick<TokenData, "groups">,
  trainShare: number,
  validationShare: number,
): TokenSplit {
  const groups = [...new Set(data.groups)];
  const order = Array.from(randomFor(splitSeed, "token split").permutation(groups.length), (i) => groups[i]!);
  const train = new Set(order.slice(0, Math.round(trainShare * groups.length)));
  const validation = new Set(
    order.slice(train.size, train.size + Math.max(1, Math.round(validationShare * groups.length))),
  );
  const rows = (wanted: (group: string) => boolean): Int32Array =>
    Int32Array.from(data.groups.flatMap((group, i) => (wanted(group) ? [i] : [])));
  return {
    name: "groups",
    train: rows((g) => train.has(g)),
    validation: rows((g) => validation.has(g)),
    test: rows((g) => !train.has(g) && !validation.has(g)),
  };
}
