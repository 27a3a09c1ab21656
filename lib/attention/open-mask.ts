/** No mask at all: what masks are to be measured against. */
import type { MaskTable, TokenPlan } from "./token-plan";

/**
 * Every token reads every token, modalities one another too, so that no output is of one modality alone. With two tokens:
 *
 *     1 1
 *     1 1
 *
 * @returns [query][key]
 */
export function openMask({ size }: Pick<TokenPlan, "size">): MaskTable {
  const row = Array.from({ length: size }, () => 1);
  return Array.from({ length: size }, () => row);
}
