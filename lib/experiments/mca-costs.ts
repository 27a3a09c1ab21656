/** What a network costs by its number of modalities: exact, without training. */
import * as tf from "@tensorflow/tfjs";
import { everythingPasses } from "../attention/everything-passes";
import { everythingNetwork, everythingShapes } from "../contrastive/everything-network";
import { fusionNetwork, fusionNetworkShapes } from "../contrastive/fusion-network";
import { multiplyAdds } from "../contrastive/multiply-adds";
import type { Network } from "../contrastive/network";
import { type FusionNetworkOptions, layoutOf, type ModalityTokens } from "../contrastive/network-options";
import { waveSample } from "../contrastive/touch";
import { countOf } from "../contrastive/weights";

export interface NetworkCost {
  readonly method: "MCA" | "Zorro" | "Zorro, one token" | "everything at once";
  readonly modalities: number;
  readonly parameters: number;
  /** That go through the trunk for one sample, in all passes. */
  readonly tokens: number;
  /** That the masks allow, in all passes. */
  readonly pairs: number;
  /** Of one sample's forward pass, counted from the graph. */
  readonly multiplyAdds: number;
}

export const costModalities = [2, 3, 4, 5, 6, 7, 8] as const;

/** The network whose cost is asked: so many modalities of so many tokens. */
export function costOptions(modalities: number, tokens = 4): Omit<FusionNetworkOptions, "design"> {
  const all = Array.from({ length: modalities }, (_, m): ModalityTokens => ({
    ...{ name: `n${m}`, tokens, width: 8, encoder: "sequence" },
  }));
  const size = { dim: 32, depth: 2, heads: 4, headDim: 8, tokensPerChannel: 1 };
  return { modalities: all, ...size, variant: "corrected", seed: 1 };
}

/** What the designs alone tell: nothing is computed. */
export function networkSizes(modalities: number): Omit<NetworkCost, "multiplyAdds">[] {
  const fusions = Object.entries(designsOf(modalities)).map(([method, design]) => {
    const { plan, mask } = layoutOf(design);
    return {
      ...{ method: method as NetworkCost["method"], modalities, tokens: plan.size },
      parameters: countOf(fusionNetworkShapes(design)),
      pairs: mask.flat().reduce((a, b) => a + b, 0),
    };
  });
  const options = costOptions(modalities);
  const passes = everythingPasses(modalities).map((members) =>
    members.reduce((sum, m) => sum + options.modalities[m]!.tokens, 0),
  );
  const everything = {
    ...{ method: "everything at once" as const, modalities, parameters: countOf(everythingShapes(options)) },
    tokens: passes.reduce((a, b) => a + b, 0),
    pairs: passes.reduce((sum, n) => sum + n * n, 0),
  };
  return [...fusions, everything];
}

/** Of MCA, Zorro with as many learned tokens or with one, and everything-at-once. */
export async function modalityCosts(modalities: number): Promise<NetworkCost[]> {
  const costs: NetworkCost[] = [];
  for (const sizes of networkSizes(modalities))
    costs.push({ ...sizes, multiplyAdds: await workOf(costNetwork(sizes.method, modalities), modalities) });
  return costs;
}

/** The caller disposes of it. */
export const costNetwork = (method: NetworkCost["method"], modalities: number): Network =>
  method === "everything at once"
    ? everythingNetwork(costOptions(modalities))
    : fusionNetwork(designsOf(modalities)[method]);

function designsOf(
  modalities: number,
): Record<Exclude<NetworkCost["method"], "everything at once">, FusionNetworkOptions> {
  const options = costOptions(modalities);
  return {
    MCA: { ...options, design: "mca" },
    Zorro: { ...options, design: "zorro" },
    "Zorro, one token": { ...options, design: "zorro", fusionTokens: 1 },
  };
}

async function workOf(network: Network, count: number): Promise<number> {
  const { modalities } = costOptions(count);
  const inputs = waveSample(
    modalities,
    modalities.map(() => 1),
  );
  const work = await multiplyAdds(() => void network.embed(inputs));
  tf.dispose(inputs);
  network.dispose();
  return work;
}
