/** The windows of the collapse: published ones, dealt at random, with a heart rate that is alive or is not. */
import { everyNthRow } from "../data/every-nth-row";
import type { Fold } from "../data/fold";
import { readPamap2 } from "../data/pamap2";
import { heartRateHz, type SensorGroup } from "../data/pamap2-columns";
import { pamap2Simulated } from "../data/pamap2-simulated";
import { publishedWindows } from "../data/published-windows";
import { randomWindows } from "../data/random-windows";
import type { Windows } from "../data/windows";
import type { CollapseAmount, CollapseDefinition } from "./collapse-design";
import { type DataFolders } from "./window-source";
import { simulationFolder } from "./open-pamap2";

/** In the order of the presence axis, and of the assignment. */
export const collapseSensors = ["hand", "chest", "ankle", "heart"] as const;

/** The published processing reads every column. */
const sensors: readonly SensorGroup[] = ["temperature", "acc16", "acc6", "gyro", "mag", "orientation"];

export interface CollapseData {
  readonly windows: Windows;
  /** 70 % for training, 15 % for the test; the published 15 % for validation decide nothing and are left out. */
  readonly fold: Fold;
}

export async function openCollapse(
  { data, activities, heart }: Pick<CollapseDefinition, "data" | "activities" | "heart">,
  {
    secondsPerActivity,
    subjects,
    everyRow,
  }: Pick<CollapseAmount, "secondsPerActivity" | "subjects" | "everyRow">,
  { prepared, find }: DataFolders,
): Promise<CollapseData> {
  const options = { activities, sensors, prepared };
  const recordings =
    data === "pamap2-simulated"
      ? await pamap2Simulated.read(simulationFolder(prepared, secondsPerActivity), {
          ...options,
          ...(subjects && { subjects }),
          simulation: { secondsPerActivity },
        })
      : await readPamap2(find(data), {
          ...options,
          ...(heart.startsWith("thinned") && { heartRateHz }),
        });
  const windows = everyNthRow(publishedWindows(recordings, { names: collapseSensors }), everyRow);
  const [fold] = randomWindows(windows, { seed: 1 });
  const none = new Int32Array();
  return { windows, fold: { ...fold!, stop: none, missingClasses: { stop: [], calibration: [] } } };
}
