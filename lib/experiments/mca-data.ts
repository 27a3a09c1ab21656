/** The data of each study as tokens, and how they are split. */
import { subjectGroups } from "../data/subject-groups";
import { simulateInformation } from "../data/simulate-information";
import type { TokenData, TokenSplit } from "../data/token-data";
import { tokensOfWindows } from "../data/tokens-of-windows";
import { randomFor } from "../random";
import type { Profile } from "../workspace";
import { realActivities } from "./experiment";
import { mcaStudies, type McaStudyName } from "./mca-design";
import { openPamap2 } from "./open-pamap2";
import type { DataFolders } from "./window-source";

export interface McaData {
  readonly data: TokenData;
  readonly splits: readonly TokenSplit[];
}

/** The seed of the splits: not that of masks, nor that of weights (trap M8). */
const splitSeed = 1;

export async function openMca(name: McaStudyName, profile: Profile, folders: DataFolders): Promise<McaData> {
  if (name === "mca-simulated") {
    const data = simulateInformation({ samples: mcaStudies[name].samples[profile], seed: 1 });
    return { data, splits: [byGroups(data, 0.6, 0.15)] };
  }
  const names = ["hand", "chest", "ankle", "heart"];
  const windows = await openPamap2(
    {
      activities: realActivities,
      window: { lengthSeconds: 5.12, strideSeconds: 1, rateHz: { hand: 25, chest: 25, ankle: 25, heart: 9 } },
    } as Parameters<typeof openPamap2>[0],
    names,
    folders,
  );
  const folds = subjectGroups(windows, { groups: 4, seed: splitSeed, exclude: ["109"] });
  const splits = folds.map(({ heldOut, train, stop, calibration, test }) => ({
    name: heldOut,
    // one of the two who are held back decides between sensors, the other is learned from
    ...{ train: Int32Array.from([...train, ...calibration]).sort(), validation: stop, test },
  }));
  return { data: tokensOfWindows(windows, 12), splits };
}

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
