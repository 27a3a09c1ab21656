/** Where each study of MCA has its samples from; a result hangs on its own line alone. */
import type { McaSource } from "./mca-data";
import { openAccTokens } from "./open-acc-tokens";
import { openBrcaTokens } from "./open-brca-tokens";
import { openExtraSensoryTokens } from "./open-extrasensory-tokens";
import { openInformation } from "./open-information";
import { openMosiTokens } from "./open-mosi-tokens";
import { openPamap2Tokens } from "./open-pamap2-tokens";

export const mcaSources = {
  "mca-simulated": openInformation,
  "mca-pamap2": openPamap2Tokens,
  "mca-extrasensory": openExtraSensoryTokens,
  "mca-mosi": openMosiTokens,
  "mca-brca": openBrcaTokens,
  "mca-acc": openAccTokens,
} as const satisfies Record<string, McaSource>;
