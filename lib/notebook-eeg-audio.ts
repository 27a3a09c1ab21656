/** What the notebook on EEG and audio calls: everything that the workspace knows is filled in. */
import type { Windows } from "./data/windows";
import { requestsOf } from "./experiments/grid";
import type { Workspace } from "./workspace";

/** The simulated windows of the experiments on EEG and audio, both modalities, as many as the profile has them. */
export async function eegAudioWindows({ profile, prepared }: Workspace): Promise<Windows> {
  const find = (dataSet: string): never => {
    throw new Error(`eegAudioWindows: expected simulated data, got ${dataSet}; see experiment.ts`);
  };
  const requests = await requestsOf("eeg-audio-trials", { profile, folders: { prepared, find } });
  return requests.find(({ preset }) => preset.modalities.length === 2)!.windows;
}
