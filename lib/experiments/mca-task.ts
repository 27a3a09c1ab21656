/** What one run of the MCA study is made from, wherever it is trained or asked. */
import type { StepsContext } from "../contrastive/run-steps";
import type { TokenData, TokenSplit } from "../data/token-data";
import type { McaRunOptions } from "./mca-options";

export interface McaTask {
  readonly options: McaRunOptions;
  readonly data: TokenData;
  readonly split: TokenSplit;
  /** [sample, modality] what training keeps. */
  readonly plan: Uint8Array;
  readonly context: StepsContext;
}
