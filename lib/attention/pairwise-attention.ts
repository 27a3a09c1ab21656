/** Every modality asks every other. */
import { crossModalAttention, type SymbolicAttended, type Tokens } from "./cross-modal-attention";
import type { MultiHeadAttentionConfig } from "./multi-head-attention";

/**
 * Cross-modal attention in all M (M - 1) directions, each with weights of its own. Where the asked modality is absent,
 * or the asking one, outputs are 0; there is no mean over directions here, since only a fusion knows who is there.
 *
 * @param config `name` begins the name of each layer: <name>_<query>_to_<key>
 * @param modalities by name; an absent one's tokens are all invalid
 * @returns by asking modality, then by asked modality
 */
export function pairwiseAttention(
  config: MultiHeadAttentionConfig,
  modalities: Readonly<Record<string, Tokens>>,
): Record<string, Record<string, SymbolicAttended>> {
  const names = Object.keys(modalities);
  if (names.length < 2)
    throw new Error(
      `pairwiseAttention: ${config.name}: expected 2 or more modalities, got [${names.join()}]; use temporalAttention for one`,
    );
  const ask = (query: string, key: string): SymbolicAttended =>
    crossModalAttention(
      { ...config, name: `${config.name}_${query}_to_${key}` },
      modalities[query]!,
      modalities[key]!,
    );
  return Object.fromEntries(
    names.map((query) => [
      query,
      Object.fromEntries(names.filter((key) => key !== query).map((key) => [key, ask(query, key)])),
    ]),
  );
}
