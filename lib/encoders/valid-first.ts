/** Sequences with gaps as a recurrence needs them: valid steps first, in their order, so that it never meets the others. */
import * as tf from "@tensorflow/tfjs";
import { keepWhere } from "../engine/keep-where";
import { permuteRows } from "../engine/permute-rows";

/*
 * A slot is a place in the new order: the k-th valid step stands in slot k, the others behind. What a recurrence makes of
 * those comes too late to be seen. PyTorch's packed sequences are the case in which all gaps are at the end.
 */

/**
 * x by slots.
 *
 * @param x [batch, time, channel]
 * @param validity [batch, time]; 1 where valid
 * @returns [batch, slot, channel]
 */
export function validFirst(x: tf.Tensor3D, validity: tf.Tensor2D): tf.Tensor3D {
  return tf.tidy(() => {
    const slotOf = slots(validity);
    return permuted(x, inverse(slotOf), slotOf);
  });
}

/**
 * The inverse: y by steps, and zeros at invalid ones.
 *
 * @param y [batch, slot, channel], finite
 * @param validity [batch, time]
 * @returns [batch, time, channel]
 */
export function putBack(y: tf.Tensor3D, validity: tf.Tensor2D): tf.Tensor3D {
  return tf.tidy(() => {
    const slotOf = slots(validity);
    return keepWhere(permuted(y, slotOf, inverse(slotOf)), isValid(validity).expandDims(2));
  });
}

/**
 * The valid steps from last to first, for a recurrence that runs backwards; its own inverse.
 *
 * @param x [batch, slot, channel]
 * @param validity [batch, time]
 */
export function reverseValid(x: tf.Tensor3D, validity: tf.Tensor2D): tf.Tensor3D {
  return tf.tidy(() => {
    const count = isValid(validity).sum(1, true);
    const slot = places(validity);
    const mirrored = tf.where(slot.less(count), count.sub(1).sub(slot), slot);
    const rows = rowsOf(mirrored as tf.Tensor2D);
    return permuted(x, rows, rows);
  });
}

/**
 * What stands in the last valid slot; zeros where there is none.
 *
 * @param y [batch, slot, channel], finite
 * @param validity [batch, time]
 * @returns [batch, channel]
 */
export function lastValid(y: tf.Tensor3D, validity: tf.Tensor2D): tf.Tensor2D {
  // validity has no gradient, also where it was found from the values
  const pickLast = tf.customGrad((y, save) => {
    const last = isValid(validity).sum(1, true).sub(1); // -1 where there is none
    const pick = places(validity).equal(last).cast("float32").expandDims<tf.Tensor3D>(1); // [batch, 1, slot]
    (save as tf.GradSaveFunc)([pick]);
    return {
      value: pick.matMul(y as tf.Tensor3D),
      gradFunc: (dy, [pick]) => pick!.matMul(dy as tf.Tensor3D, true),
    };
  });
  return tf.tidy(() => pickLast(y).squeeze([1]));
}

const isValid = (validity: tf.Tensor2D): tf.Tensor2D => validity.greater(0).cast("float32");

/** 0 ... time - 1 for each window: [batch, time] */
const places = (validity: tf.Tensor2D): tf.Tensor2D => tf.onesLike(validity).cumsum(1).sub(1);

/** The row of each step in [batch · slot]. */
function slots(validity: tf.Tensor2D): tf.Tensor1D {
  const valid = isValid(validity);
  const before = valid.cumsum(1, true); // valid steps before this one
  const behind = valid.sum(1, true).add(places(validity)).sub(before); // all valid steps, and invalid ones before
  return rowsOf(tf.where(valid.greater(0), before, behind) as tf.Tensor2D);
}

/** Places in a window to places in all windows, one after the other: [batch, time] → int32 [batch · time] */
function rowsOf(places: tf.Tensor2D): tf.Tensor1D {
  const [batch, time] = places.shape;
  const first = tf.range(0, batch * time, time, "int32").expandDims(1);
  return places.cast("int32").add(first).flatten();
}

/** p⁻¹ of a permutation p: int32 [row] */
function inverse(permutation: tf.Tensor1D): tf.Tensor1D {
  const rows = permutation.shape;
  return tf.scatterND(permutation.expandDims(1), tf.range(0, rows[0], 1, "int32"), rows) as tf.Tensor1D;
}

/** x with its steps as the rows list them, and its gradient as their inverse lists them. */
function permuted(x: tf.Tensor3D, rows: tf.Tensor1D, back: tf.Tensor1D): tf.Tensor3D {
  const [batch, time, channels] = x.shape;
  return permuteRows(x.reshape([batch * time, channels]), rows, back).reshape(x.shape);
}
