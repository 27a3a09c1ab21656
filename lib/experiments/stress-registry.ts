/** What a trained model is put through beyond missing sensors, where an experiment asks for it. */
import { faultScores, type Stressed } from "./fault-scores";
import type { Result } from "./result";

export const stresses = {
  /** Silent and partial failures of each sensor. */
  faults: faultScores,
} as const satisfies Record<string, (stressed: Stressed) => Promise<Result["faults"]>>;

export type StressName = keyof typeof stresses;
