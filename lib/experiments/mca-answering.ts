/** What a trained method can be asked. */
import type { Embeddings } from "../contrastive/embed-all";
import type { McaAnswers } from "./mca-probes";
import type { McaResult } from "./mca-result";
import type { McaTrained } from "./mca-train";

/** What a method makes of samples under a plan, and what is known of it. */
export interface Answering {
  readonly answer: (rows: Int32Array, plan: Uint8Array) => McaAnswers;
  readonly trained: readonly McaTrained[];
  readonly chosen: McaResult["chosen"];
  /** Of contrastive networks alone. */
  readonly embed?: (rows: Int32Array, plan: Uint8Array) => Embeddings;
  readonly dispose: () => void;
}

/** Samples that go through a network together when it is asked. */
export const embedBatch = 64;
