/** The pooling of zorro-pytorch as it stands in public, where one operator binds too early. */
import type { MaskTable, TokenPlan } from "./token-plan";

/**
 * `types == return_types | return_types == GLOBAL` is read as `types == (return_types | return_types) == GLOBAL`: the rows
 * of single modalities allow nothing. Softmax over a row filled with one large negative number is uniform, so that each
 * "pure" output is the mean over **all** tokens, the other modalities' and the fused. With types [a, a, f, f, v, v]:
 *
 *     meant   a  1 1 0 0 0 0      got   0 0 0 0 0 0  (read as 1/6 each)
 *             v  0 0 0 0 1 1            0 0 0 0 0 0  (read as 1/6 each)
 *             f  0 0 1 1 0 0            0 0 1 1 0 0
 *        global  1 1 1 1 1 1            1 1 1 1 1 1
 *
 * @returns [modality, ..., fusion, global][key]: the table as computed, before softmax makes its empty rows uniform
 */
export function poolMaskPublished({ modalities, measured, size }: TokenPlan): MaskTable {
  const none = Array.from({ length: size }, () => 0);
  return [
    ...modalities.map(() => none),
    Array.from({ length: size }, (_, key) => Number(key >= measured)),
    Array.from({ length: size }, () => 1),
  ];
}
