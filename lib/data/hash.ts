/** What windows were made of, in 64 characters. */
import { createHash } from "node:crypto";
import type { CutOptions } from "./cut-windows";
import type { Recording } from "./recording";

/** SHA-256 over every sample and clock of the named modalities, segments, subjects and the options of the cut. */
export function hashOf(recordings: readonly Recording[], names: readonly string[], options: CutOptions): string {
  const hash = createHash("sha256");
  const { lengthSeconds, strideSeconds, labelSeconds, rateHz = {}, fill = {} } = options;
  const chosen = names.map((name) => [name, rateHz[name] ?? null, fill[name] ?? { kind: "none" }]);
  const label = labelSeconds === undefined ? [] : [labelSeconds];
  hash.update(JSON.stringify([lengthSeconds, strideSeconds, chosen, ...label]));
  for (const { modalities, segments, ...who } of recordings) {
    hash.update(JSON.stringify([who, segments]));
    for (const name of names) {
      const modality = modalities[name];
      if (!modality) continue;
      const { seconds, values, ...what } = modality;
      hash.update(JSON.stringify([name, what]));
      for (const { buffer, byteOffset, byteLength } of [seconds, values])
        hash.update(new Uint8Array(buffer, byteOffset, byteLength));
    }
  }
  return hash.digest("hex");
}
