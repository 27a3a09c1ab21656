/** Which tokens stand where: first those of each modality, then those that are learned, for each channel of them. */

/** Tokens that follow one another and see the same. */
export interface TokenBlock {
  /** The modalities of which they are, or which meet in them, by number. */
  readonly members: readonly number[];
  /** Number of the first. */
  readonly start: number;
  readonly tokens: number;
}

export interface TokenPlan {
  /** [modality] */
  readonly modalities: readonly TokenBlock[];
  /** [channel]; none where nothing is fused. */
  readonly channels: readonly TokenBlock[];
  /** Tokens in all. */
  readonly size: number;
  /** Of the modalities alone; the first of a channel has this number. */
  readonly measured: number;
}

/** @see channelMask */
export type MaskRow = readonly number[];
/** [query][key]; 1 where the query may look. */
export type MaskTable = readonly MaskRow[];

/**
 * @param tokens [modality]: how many each has
 * @param channels the modalities that meet in each channel; see `modalityChannels`
 * @param tokensPerChannel learned tokens of each channel
 */
export function tokenPlan(
  tokens: readonly number[],
  channels: readonly (readonly number[])[],
  tokensPerChannel: number,
): TokenPlan {
  const strange = channels.flat().find((m) => !(m in tokens));
  if (strange !== undefined)
    throw new Error(
      `tokenPlan: expected channels of the modalities 0 to ${tokens.length - 1}, got ${strange}; number them as the tokens`,
    );
  let start = 0;
  const block = (members: readonly number[], count: number): TokenBlock => {
    const made = { members, start, tokens: count };
    start += count;
    return made;
  };
  const modalities = tokens.map((count, m) => block([m], count));
  const measured = start;
  return { modalities, channels: channels.map((c) => block(c, tokensPerChannel)), measured, size: start };
}

/** Does the block hold this token? */
export const holds = ({ start, tokens }: TokenBlock, token: number): boolean =>
  token >= start && token < start + tokens;
