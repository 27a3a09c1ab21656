/** Windows of sensors as tokens: each modality's window is cut into equal patches. */
import { gather } from "./gather";
import type { TokenData, TokenModality } from "./token-data";
import type { Windows } from "./windows";

/**
 * @param tokens patches of each modality; steps that are left over at the end of a window are left out
 * @throws where the target is not one class, or a window has fewer steps than patches
 */
export function tokensOfWindows(windows: Windows, tokens: number): TokenData {
  const { space, count, names } = windows;
  if (space.kind !== "class")
    throw new Error(`tokensOfWindows: expected windows of classes, got ${space.kind}; choose a data set with classes`);
  const all = Int32Array.from({ length: count }, (_, i) => i);
  const modalities = names.map((name): TokenModality => {
    const track = windows.tracks[name]!;
    if (track.kind !== "sequence" || track.time < tokens)
      throw new Error(`tokensOfWindows: ${name}: expected ${tokens} steps or more in a window, got ${track.kind === "sequence" ? track.time : "a vector"}; ask for fewer tokens`);
    const steps = Math.floor(track.time / tokens);
    const channels = track.channels.length;
    const width = steps * channels;
    const { values, validity } = gather(windows, name, all, { invalid: "keep" });
    const out = new Float32Array(count * tokens * width).fill(NaN);
    for (let i = 0; i < count; i++)
      for (let t = 0; t < tokens * steps; t++) {
        if (!validity[i * track.time + t]) continue;
        const from = (i * track.time + t) * channels;
        out.set(values.subarray(from, from + channels), i * tokens * width + t * channels);
      }
    return { name, tokens, width, kind: "sequence", values: out };
  });
  const presence = Uint8Array.from({ length: count * modalities.length }, (_, at) => {
    const { values, tokens: t, width } = modalities[at % modalities.length]!;
    const i = Math.floor(at / modalities.length);
    return Number(values.subarray(i * t * width, (i + 1) * t * width).some((x) => !Number.isNaN(x)));
  });
  // in order of time within a segment, the next that shares no sample with the last
  const apart: number[] = [];
  let [segment, end] = [-1, 0];
  for (let i = 0; i < count; i++) {
    if (windows.segment[i] === segment && windows.startSeconds[i]! < end) continue;
    apart.push(i);
    [segment, end] = [windows.segment[i]!, windows.startSeconds[i]! + windows.lengthSeconds];
  }
  return {
    ...{ name: windows.dataset, hash: `${windows.hash} ${tokens} tokens`, modalities, count, presence },
    ids: Array.from(all, (i) => `${windows.subject[i]}/${windows.segment[i]}/${windows.startSeconds[i]!.toFixed(2)}`),
    groups: windows.subject,
    labels: Int32Array.from(all, (i) => windows.targets[i]!),
    classes: space.classes.map(String),
    apart: Int32Array.from(apart),
  };
}
