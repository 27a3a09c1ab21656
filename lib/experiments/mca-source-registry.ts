/** Where each study of MCA has its samples from; a result hangs on its own line alone. */
import type { McaSource } from "./mca-data";
import { openInformation } from "./open-information";
import { openPamap2Tokens } from "./open-pamap2-tokens";

export const mcaSources = {
  "mca-simulated": openInformation,
  "mca-pamap2": openPamap2Tokens,
} as const satisfies Record<string, McaSource>;
