/** Which embeddings a sample has. */
import * as tf from "@tensorflow/tfjs";
import { maskTensor } from "../attention/mask-tensor";
import type { Target } from "./network";

/** 1 where the target is of the modality: [target][modality] */
const membership = (targets: readonly Pick<Target, "members">[], modalities: number): number[][] =>
  targets.map(({ members }) => Array.from({ length: modalities }, (_, m) => Number(members.includes(m))));

/**
 * How many of its members a target has in each sample.
 *
 * @param presence [batch, modality]
 * @returns [batch, target]
 */
export const membersPresent = (
  presence: tf.Tensor2D,
  targets: readonly Pick<Target, "members">[],
): tf.Tensor2D =>
  presence.matMul(maskTensor(membership(targets, presence.shape[1])), false, true) as tf.Tensor2D;

/** 1 where any member is there: [batch, target] */
export const anyPresent = (presence: tf.Tensor2D, targets: readonly Pick<Target, "members">[]): tf.Tensor2D =>
  membersPresent(presence, targets).minimum(1);

/** 1 where all members are there: [batch, target] */
export const allPresent = (presence: tf.Tensor2D, targets: readonly Pick<Target, "members">[]): tf.Tensor2D =>
  tf.relu(
    membersPresent(presence, targets).sub<tf.Tensor2D>(
      tf
        .tensor1d(
          targets.map(({ members }) => members.length - 1),
          "int32",
        )
        .cast("float32"),
    ),
  );
