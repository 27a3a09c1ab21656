/** One name for several encoders: which of them a modality gets is said by its name. */
import type { EncoderFactory } from "./encoder";

/** @param others of every modality that `named` does not name */
export const byModality =
  (named: Readonly<Record<string, EncoderFactory>>, others: EncoderFactory): EncoderFactory =>
  (shape) =>
    (named[shape.modality] ?? others)(shape);
