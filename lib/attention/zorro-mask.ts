/** Zorro: modalities stay pure, the learned tokens read everything. */
import type { MaskTable, TokenPlan } from "./token-plan";

/**
 * A token of modality i reads modality i; a learned token reads every token. With two tokens of one modality, one of
 * another, and two learned ones:
 *
 *     key       0 0 1 f f
 *     0         1 1 0 0 0
 *     0         1 1 0 0 0
 *     1         0 0 1 0 0
 *     f         1 1 1 1 1
 *     f         1 1 1 1 1
 *
 * Source: arXiv 2301.09595.
 *
 * @returns [query][key]
 */
export function zorroMask({ modalities, measured, size }: TokenPlan): MaskTable {
  const pure = modalities.flatMap(({ start, tokens }) => {
    const row = Array.from({ length: size }, (_, key) => (key >= start && key < start + tokens ? 1 : 0));
    return Array.from({ length: tokens }, () => row);
  });
  const all = Array.from({ length: size }, () => 1);
  return [...pure, ...Array.from({ length: size - measured }, () => all)];
}
