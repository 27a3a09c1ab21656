/** What a trained model is put through beyond missing sensors, where an experiment asks for it. */
import { faultSurvey, typicalFaults } from "../data/fault";
import { faultScores, type Stressed } from "./fault-scores";
import type { Result } from "./result";

type Stress = (stressed: Stressed) => Promise<Result["faults"]>;

export const stresses = {
  /** Silent and partial failures of each sensor, in several amounts. */
  faults: (stressed) => faultScores(stressed, faultSurvey(stressed.windows.names)),
  /** The same kinds, each in one amount. */
  "typical-faults": (stressed) => faultScores(stressed, typicalFaults(stressed.windows.names)),
} as const satisfies Record<string, Stress>;

export type StressName = keyof typeof stresses;
