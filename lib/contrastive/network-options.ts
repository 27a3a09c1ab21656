/** What a network is told: its modalities, its way of fusing, its size. */
import { channelMask } from "../attention/channel-mask";
import { modalityChannels } from "../attention/modality-channels";
import { openMask } from "../attention/open-mask";
import { randomChannelMask } from "../attention/random-channel-mask";
import { type MaskTable, type TokenPlan, tokenPlan } from "../attention/token-plan";
import { zorroMask } from "../attention/zorro-mask";
import type { TrunkOptions } from "./trunk";

/** One modality as tokens. */
export interface ModalityTokens {
  readonly name: string;
  readonly tokens: number;
  /** Numbers in a token before it is encoded; 1 where each feature is a token. */
  readonly width: number;
  /** Steps or patches of a sequence; blocks of features; single features. */
  readonly encoder: "sequence" | "blocks" | "features";
}

/**
 * - `mca`: channels of modalities, each of its own tokens
 * - `zorro`: one block of learned tokens that reads everything
 * - `open`: Zorro's tokens without a mask
 * - `random`: MCA's channels, reading tokens dealt at random
 */
export type FusionDesign = "mca" | "zorro" | "open" | "random";

/**
 * Traps of the public code that are of the network, each alone:
 *
 * - `one norm` (M1): one norm for both halves of a layer, and a residual path that is normalised
 * - `empty rows` (M6): what may read nothing reads everything, and an absent embedding is something
 * - `positions` (E3): everything-at-once is told where a token stands
 */
export type NetworkTrap = "one norm" | "empty rows" | "positions";

export interface NetworkOptions extends TrunkOptions {
  readonly modalities: readonly ModalityTokens[];
  readonly seed: number;
  /** `published` has all traps. */
  readonly variant: "corrected" | "published" | NetworkTrap;
}

export const hasTrap = ({ variant }: Pick<NetworkOptions, "variant">, trap: NetworkTrap): boolean =>
  variant === "published" || variant === trap;

export interface FusionNetworkOptions extends NetworkOptions {
  readonly design: FusionDesign;
  /** Learned tokens of each channel; of Zorro's one block as many as MCA's channels have together, unless given. */
  readonly tokensPerChannel: number;
  /** Of Zorro and of the open design. */
  readonly fusionTokens?: number;
  /** Sizes of the sets that have a channel; all from 2 on if not given. */
  readonly channelSizes?: readonly number[];
}

/** Where the tokens stand and who reads whom. */
export function layoutOf(options: FusionNetworkOptions): {
  readonly plan: TokenPlan;
  readonly mask: MaskTable;
} {
  const { design, modalities, tokensPerChannel, channelSizes, seed } = options;
  const tokens = modalities.map((modality) => modality.tokens);
  const channels = modalityChannels(tokens.length, channelSizes);
  if (design === "mca" || design === "random") {
    const plan = tokenPlan(tokens, channels, tokensPerChannel);
    return { plan, mask: design === "mca" ? channelMask(plan) : randomChannelMask(plan, seed) };
  }
  const together = options.fusionTokens ?? channels.length * tokensPerChannel;
  const plan = tokenPlan(tokens, [tokens.map((_, m) => m)], together);
  return { plan, mask: design === "zorro" ? zorroMask(plan) : openMask(plan) };
}
