/** What a training is called in tables: all in which it differs from D-CAT at λ 1, and nothing else. */
import { dCat, type Method, type Task, type Transfer } from "./d-cat-design";

/** "phone → watch"; of the target alone "watch". */
export const directionOf = ({ target, method }: Pick<Task, "target" | "method">): string =>
  method.kind === "alone" ? target : `${method.sources.join(" + ")} → ${target}`;

const alignments: Readonly<Record<Transfer["align"], string>> = {
  signature: "D-CAT",
  gram: "CORAL by window",
  feature: "feature MSE",
  sequence: "sequences, as C3T",
  logits: "distillation",
};

/** "D-CAT, λ 1", "D-CAT, λ 1, gate off, shuffled within class, target over-fitted", ... */
export function labelOf({ method, fitness }: Pick<Task, "method" | "fitness">): string {
  const fits = (["target", "source"] as const)
    .filter((whose) => fitness[whose] !== "fitted")
    .filter((whose) => whose === "target" || method.kind === "transfer")
    .map((whose) => `${whose} ${fitness[whose]}`);
  return [methodLabel(method), ...fits].join(", ");
}

function methodLabel(method: Method): string {
  if (method.kind === "alone") return "alone";
  if (method.kind === "both") return "both sensors at inference";
  const { align, normalisation, blocks, reduction, lambda, gate, pairing, combination, map, start } = method;
  const unlike = <Key extends keyof typeof dCat>(key: Key, text: string): string[] =>
    JSON.stringify(method[key]) === JSON.stringify(dCat[key]) ? [] : [text];
  return [
    `${alignments[align]}, λ ${lambda}`,
    ...(align === "signature" ? unlike("normalisation", normalisation) : []),
    ...unlike("blocks", `${blocks} heads`),
    ...unlike("reduction", reduction),
    ...unlike("gate", gate === "off" ? "gate off" : `gate ${gate}`),
    ...unlike("pairing", pairingLabel(pairing)),
    ...(method.sources.length > 1 ? [combination] : []),
    ...(map ? ["learned map"] : []),
    ...(start === "alone" ? ["from the target alone"] : []),
  ].join(", ");
}

function pairingLabel(pairing: Transfer["pairing"]): string {
  if (pairing.kind === "shifted") return `shifted by ${pairing.strides} strides`;
  if (pairing.kind === "share") return `${100 * pairing.share} % paired`;
  return pairing.kind;
}
