/** The scores of every set of sensors as rows: a row for each preset, fold, subject, seed and set. */
import { subsetName } from "../metrics/subsets";
import type { Result } from "./result";

export interface SubsetRow {
  readonly preset: string;
  readonly split: string;
  readonly subject: string;
  readonly seed: number;
  /** The sensors that are left, joined by "+"; "none". */
  readonly set: string;
  /** How many. */
  readonly sensors: number;
  /** Is this all that the model was given? */
  readonly isFull: boolean;
  readonly windows: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly negativeLogLikelihood: number;
  readonly ece: number;
}

export const subsetRows = (results: readonly Result[]): SubsetRow[] =>
  results.flatMap(({ presetName, fold, seed, preset, subsets }) =>
    subsets.flatMap(({ present, subjects }) =>
      subjects.map(({ subject, windows, accuracy, macroF1, negativeLogLikelihood, ece }): SubsetRow => ({
        ...{ preset: presetName, split: fold.split, subject, seed },
        ...{ set: subsetName(present), sensors: present.length },
        isFull: present.length === preset.modalities.length,
        ...{ windows, accuracy, macroF1, negativeLogLikelihood, ece },
      })),
    ),
  );
