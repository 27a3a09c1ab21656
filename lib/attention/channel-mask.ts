/** Modal channel attention: each channel of learned tokens reads its modalities, and nobody else reads it. */
import { holds, type MaskTable, type TokenBlock, type TokenPlan } from "./token-plan";

/**
 * A token of modality i reads modality i. A token of channel c reads the modalities of c, and channel c. With two tokens
 * of the first modality, one of the second and of the third, and one token for each channel:
 *
 *     key            0 0 1 2  012 01 02 12
 *     0 (twice)      1 1 0 0   0  0  0  0
 *     1              0 0 1 0   0  0  0  0
 *     2              0 0 0 1   0  0  0  0
 *     012            1 1 1 1   1  0  0  0
 *     01             1 1 1 0   0  1  0  0
 *     02             1 1 0 1   0  0  1  0
 *     12             0 0 1 1   0  0  0  1
 *
 * With one channel, of all modalities, it is Zorro's. Source: arXiv 2403.20280 and its code.
 *
 * @returns [query][key]
 */
export function channelMask(plan: TokenPlan): MaskTable {
  const { modalities, channels, size } = plan;
  return [...modalities, ...channels].flatMap((asking) => {
    const read = blocksReadBy(plan, asking);
    const row = Array.from({ length: size }, (_, key) => (read.some((block) => holds(block, key)) ? 1 : 0));
    return Array.from({ length: asking.tokens }, () => row);
  });
}

/** What a block's tokens read, in the order of the tokens: the rows of the table as blocks. */
export function blocksReadBy({ modalities, measured }: TokenPlan, asking: TokenBlock): TokenBlock[] {
  return asking.start < measured ? [asking] : [...asking.members.map((m) => modalities[m]!), asking];
}
