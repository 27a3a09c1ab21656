/** Channels that mean nothing: as many allowed pairs as modal channels have, dealt at random. */
import { randomFor } from "../random";
import type { MaskTable, TokenPlan } from "./token-plan";
import { channelMask } from "./channel-mask";

/**
 * A channel reads itself and as many measured tokens as in `channelMask`, but which ones is drawn, whatever modality they
 * are of; modalities read themselves alone. With two modalities of two tokens and the channels 01 and 0 (drawn: 0a, 1b):
 *
 *     key       0a 0b 1a 1b  01 0
 *     0a         1  1  0  0   0 0
 *     0b         1  1  0  0   0 0
 *     1a         0  0  1  1   0 0
 *     1b         0  0  1  1   0 0
 *     01         1  1  1  1   1 0
 *     0          1  0  0  1   0 1
 *
 * @returns [query][key]
 */
export function randomChannelMask(plan: TokenPlan, seed: number): MaskTable {
  const table = channelMask(plan);
  const { channels, measured } = plan;
  const dealt = channels.flatMap(({ start, tokens, members }) => {
    const meant = table[start]!;
    const count = meant.slice(0, measured).reduce((sum, open) => sum + open, 0);
    const order = randomFor(seed, "random channel", ...members).permutation(measured);
    const chosen = new Set(order.slice(0, count));
    const row = meant.map((open, key) => (key < measured ? Number(chosen.has(key)) : open));
    return Array.from({ length: tokens }, () => row);
  });
  return [...table.slice(0, measured), ...dealt];
}
