/** Which tokens are gathered into which embedding. */
import { holds, type MaskTable, type TokenPlan } from "./token-plan";

/**
 * One row for each modality (its tokens), one for each channel (its learned tokens alone) and a last one for everything.
 * With two tokens of the first modality, one of the second, and one token of their channel:
 *
 *     key          0 0 1 01
 *     0            1 1 0 0
 *     1            0 0 1 0
 *     01           0 0 0 1
 *     everything   1 1 1 1
 *
 * @returns [embedding][key]
 */
export function poolMask({ modalities, channels, size }: TokenPlan): MaskTable {
  const blocks = [...modalities, ...channels].map((block) =>
    Array.from({ length: size }, (_, key) => Number(holds(block, key))),
  );
  return [...blocks, Array.from({ length: size }, () => 1)];
}
