/** Only the pairs that the mask allows are scored: block by block, dense inside. */
import * as tf from "@tensorflow/tfjs";
import { attend } from "../attention/attend";
import { blocksReadBy } from "../attention/channel-mask";
import { maskTensor } from "../attention/mask-tensor";
import type { MaskTable, TokenBlock, TokenPlan } from "../attention/token-plan";
import type { Heads, Read, Reader } from "./read-tokens";

/**
 * What `denseReader(channelMask(plan))` gives, without the pairs that it throws away: each modality is an attention of its
 * own, and so is each channel over its modalities and itself.
 */
export const blockReader =
  (plan: TokenPlan): Reader =>
  (validity) => {
    const modalities = readModalities(plan, validity);
    const channels = plan.channels.map((channel) => {
      const read = blocksReadBy(plan, channel);
      return {
        channel,
        read,
        open: joined(read, (block) => rows(validity, block))
          .expandDims(1)
          .expandDims(1),
      };
    });
    return (heads) => {
      const each = channels.map(({ channel, read, open }) => {
        const keys = joined(read, (block) => tokensOf(heads.keys, block), 2);
        const values = joined(read, (block) => tokensOf(heads.values, block), 2);
        const queries = tokensOf(heads.queries, channel);
        return attend(queries, keys as tf.Tensor4D, values as tf.Tensor4D, open as tf.Tensor4D).outputs;
      });
      return tf.concat([modalities(heads), ...each], 2);
    };
  };

/**
 * The same for any mask in which modalities stay pure: modalities block by block, and the rows of all learned tokens as
 * one product over all keys. Where channels have few tokens, this is fewer and larger operations.
 *
 * @param table [query][key]; see `channelMask`, `zorroMask`, `randomChannelMask`
 */
export const rowReader =
  (plan: TokenPlan, table: MaskTable): Reader =>
  (validity) => {
    const modalities = readModalities(plan, validity);
    const learned = table.slice(plan.measured);
    if (learned.length === 0) return modalities;
    const mask = maskTensor(learned).reshape([1, 1, learned.length, plan.size]);
    const allowed = mask.mul<tf.Tensor4D>(validity.expandDims(1).expandDims(1));
    const channels = { start: plan.measured, tokens: plan.size - plan.measured, members: [] };
    return (heads) => {
      const queries = tokensOf(heads.queries, channels);
      const read = attend(queries, heads.keys, heads.values, allowed).outputs;
      return tf.concat([modalities(heads), read], 2);
    };
  };

/** Where all modalities have as many tokens, they are one batch of attentions; else one after the other. */
function readModalities({ modalities, measured }: TokenPlan, validity: tf.Tensor2D): Read {
  const tokens = modalities[0]!.tokens;
  if (modalities.some((block) => block.tokens !== tokens)) {
    const open = modalities.map((block) => rows(validity, block).expandDims(1).expandDims<tf.Tensor4D>(1));
    return (heads) =>
      tf.concat(
        modalities.map((block, m) => {
          const [queries, keys, values] = all(heads).map((x) => tokensOf(x, block));
          return attend(queries!, keys!, values!, open[m]!).outputs;
        }),
        2,
      );
  }
  const count = modalities.length;
  const blocks = { start: 0, tokens: measured, members: [] };
  return (heads) => {
    const [batch, head, , dim] = heads.queries.shape;
    const shape = [batch, head * count, tokens, dim] as const;
    const open = rows(validity, blocks)
      .reshape([batch, 1, count, tokens])
      .tile([1, head, 1, 1])
      .reshape<tf.Tensor4D>([batch, head * count, 1, tokens]);
    const [queries, keys, values] = all(heads).map((x) =>
      tokensOf(x, blocks).reshape<tf.Tensor4D>([...shape]),
    );
    return attend(queries!, keys!, values!, open).outputs.reshape([batch, head, measured, dim]);
  };
}

const all = ({ queries, keys, values }: Heads): tf.Tensor4D[] => [queries, keys, values];

/** [batch, head, token, dim] → those of the block */
const tokensOf = (x: tf.Tensor4D, { start, tokens }: TokenBlock): tf.Tensor4D =>
  x.slice([0, 0, start, 0], [-1, -1, tokens, -1]);

/** [batch, token] → those of the block */
const rows = (validity: tf.Tensor2D, { start, tokens }: TokenBlock): tf.Tensor2D =>
  validity.slice([0, start], [-1, tokens]);

const joined = (blocks: readonly TokenBlock[], take: (block: TokenBlock) => tf.Tensor, axis = 1): tf.Tensor =>
  tf.concat(blocks.map(take), axis);
