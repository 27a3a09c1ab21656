/** What a network costs by its number of modalities: exact, without training. */
import type * as tf from "@tensorflow/tfjs";
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

/** Of MCA, Zorro with as many learned tokens or with one, and everything-at-once. */
export async function modalityCosts(modalities: number): Promise<NetworkCost[]> {
  const options = costOptions(modalities);
  const whole = options.modalities.reduce((sum, { tokens }) => sum + tokens, 0);
  const fusion = async (method: NetworkCost["method"], own: FusionNetworkOptions): Promise<NetworkCost> => {
    const { plan, mask } = layoutOf(own);
    return {
      ...{ method, modalities, parameters: countOf(fusionNetworkShapes(own)), tokens: plan.size },
      pairs: mask.flat().reduce((a, b) => a + b, 0),
      multiplyAdds: await workOf(fusionNetwork(own), options.modalities),
    };
  };
  const sizes = everythingPasses(modalities).map((members) => members.length * (whole / modalities));
  return [
    await fusion("MCA", { ...options, design: "mca" }),
    await fusion("Zorro", { ...options, design: "zorro" }),
    await fusion("Zorro, one token", { ...options, design: "zorro", fusionTokens: 1 }),
    {
      ...{ method: "everything at once", modalities, parameters: countOf(everythingShapes(options)) },
      tokens: sizes.reduce((a, b) => a + b, 0),
      pairs: sizes.reduce((sum, n) => sum + n * n, 0),
      multiplyAdds: await workOf(everythingNetwork(options), options.modalities),
    },
  ];
}

async function workOf(network: Network, modalities: readonly ModalityTokens[]): Promise<number> {
  const inputs: tf.NamedTensorMap = waveSample(
    modalities,
    modalities.map(() => 1),
  );
  const work = await multiplyAdds(() => void network.embed(inputs));
  Object.values(inputs).forEach((x) => x.dispose());
  network.dispose();
  return work;
}
