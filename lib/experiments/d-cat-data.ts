/** The paired windows of the transfer chapter, and their folds. */
import { blockedInTime } from "../data/blocked-in-time";
import type { Fold } from "../data/fold";
import { makeFold } from "../data/make-fold";
import { selectModalities } from "../data/select-modalities";
import { sessionsInOrder } from "../data/sessions-in-order";
import { sharedPrivateSensors, simulateSharedPrivate } from "../data/simulate-shared-private";
import { subjectGroups } from "../data/subject-groups";
import type { Windows } from "../data/windows";
import type { Profile } from "../workspace";
import type { DCatDataName } from "./d-cat-design";
import { openPamap2 } from "./open-pamap2";
import { openSpSwHar } from "./open-sp-sw-har";
import { openUtdMhad } from "./open-utd-mhad";
import type { DataFolders } from "./window-source";

export interface DCatData {
  readonly windows: Windows;
  readonly folds: Readonly<Record<"ood" | "id", readonly Fold[]>>;
}

interface Source {
  readonly sensors: readonly string[];
  open(folders: DataFolders, profile: Profile): Promise<Windows> | Windows;
  ood(windows: Windows): Fold[];
  id(windows: Windows): Fold[];
}

const groups =
  (exclude: readonly string[] = []) =>
  (windows: Windows): Fold[] =>
    subjectGroups(windows, { seed: 1, groups: 4, exclude });

/** PAMAP2's activities that are to be had here: running, ascending and descending stairs, rope jumping. */
const activities = [5, 12, 13, 24];

/** Of whom there are two minutes, of one activity. */
const excluded = ["109"];

export const dCatSources: Readonly<Record<DCatDataName, Source>> = {
  "shared-private": {
    sensors: sharedPrivateSensors,
    open: (_, profile) =>
      simulateSharedPrivate({ subjects: 8, windowsPerSubject: profile === "tiny" ? 48 : 120, seed: 1 })
        .windows,
    ood: groups(),
    id: (windows) => [oneOfFive(windows)],
  },
  /** A window is a trial; inertial and skeleton in 64 and 32 steps of their own time, so with other numbers of tokens. */
  "utd-mhad": {
    sensors: ["inertial", "skeleton"],
    open: (folders) =>
      openUtdMhad(
        { window: { lengthSeconds: 1, strideSeconds: 1, rateHz: { inertial: 64, skeleton: 32 } } },
        dCatSources["utd-mhad"].sensors,
        folders,
      ),
    ood: groups(),
    id: (windows) => [sessionsInOrder(windows, { of: "subject and class" })],
  },
  /** A quarter of a window a stride, so that a shift leaves three, two, one quarter or nothing of the overlap. */
  "sp-sw-har": {
    sensors: ["phone", "watch"],
    open: (folders) =>
      openSpSwHar(
        {
          window: {
            ...{ lengthSeconds: 2.56, strideSeconds: 0.64, labelSeconds: 0.64 },
            rateHz: { phone: 50, watch: 50 },
          },
        },
        dCatSources["sp-sw-har"].sensors,
        folders,
      ),
    ood: groups(),
    id: (windows) => [sessionsInOrder(windows, { of: "subject" })],
  },
  pamap2: {
    sensors: ["hand", "chest", "ankle", "heart"],
    open: (folders) =>
      openPamap2(
        {
          activities,
          window: {
            ...{ lengthSeconds: 5.12, strideSeconds: 1.28 },
            rateHz: { hand: 50, chest: 50, ankle: 50, heart: 9 },
          },
        },
        dCatSources["pamap2"].sensors,
        folders,
      ),
    ood: groups(excluded),
    id: (windows) => blockedInTime(windows, { seed: 1, blocks: 5 }).slice(0, 1),
  },
};

/** Windows that share nothing but their people: every fifth is tested, and every fifth held back, in turn. */
function oneOfFive(windows: Windows): Fold {
  const at = (...places: number[]): number[] =>
    Array.from(windows.segment.keys()).filter((window) => places.includes(window % 10));
  const parts = { test: at(0, 5), stop: at(1), calibration: at(6), train: at(2, 3, 4, 7, 8, 9) };
  return makeFold(windows, { split: "every fifth window", heldOut: "every fifth window" }, parts);
}

const opened = new Map<string, Promise<DCatData>>();

/** Once in a process: a study's runs share windows. */
export function openDCat(name: DCatDataName, profile: Profile, folders: DataFolders): Promise<DCatData> {
  const key = JSON.stringify([name, profile, folders.prepared]);
  const known = opened.get(key) ?? openData(name, profile, folders);
  opened.set(key, known);
  return known;
}

async function openData(name: DCatDataName, profile: Profile, folders: DataFolders): Promise<DCatData> {
  const source = dCatSources[name];
  const windows = selectModalities(await source.open(folders, profile), source.sensors);
  return { windows, folds: { ood: source.ood(windows), id: source.id(windows) } };
}
