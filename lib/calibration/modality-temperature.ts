/** A temperature for each modality, before late fusion takes the mean of their logits. */
import type { CalibrationAnswers, TestAnswers } from "./answers";
import { checkFitted, type FitOptions, refuse } from "./calibrator";
import type { ClassTable } from "./class-table";
import { probabilitiesOf } from "./probabilities";
import { bestTemperature } from "./temperature";

/** What each modality alone answered to the same windows. */
export interface ModalityVotes<A> {
  /** By modality. */
  readonly alone: Readonly<Record<string, A>>;
  /** [window, modality], modalities in the order of `alone`; 1 where it was measured. */
  readonly presence: Uint8Array;
}

export interface ModalityTemperature {
  readonly temperatures: Readonly<Record<string, number>>;
  /**
   * softmax(mean over present m of z_m / T_m): [window, class]; where nothing is present all classes get the same.
   *
   * @param present the sensors that are left; of a window those of these that it has
   */
  probabilities(votes: ModalityVotes<TestAnswers>, present: readonly string[]): ClassTable;
}

/**
 * Each T_m makes what m alone says likeliest, over the windows that have m. A sensor that says too much is heard less,
 * so that unlike one temperature for all this may change answers.
 */
export function fitModalityTemperature(
  { alone, presence }: ModalityVotes<CalibrationAnswers>,
  { apart = "subjects" }: FitOptions = {},
): ModalityTemperature {
  const names = Object.keys(alone);
  const temperatures = Object.fromEntries(
    Object.entries(alone).map(([name, answers], m) => {
      checkFitted(`fitModalityTemperature: ${name}`, answers);
      const { logits, labels } = answers;
      const there = Array.from(labels.keys()).filter((i) => presence[i * names.length + m] === 1);
      const { classes, values } = logits;
      const kept = new Float64Array(there.length * classes);
      there.forEach((i, at) => kept.set(values.subarray(i * classes, (i + 1) * classes), at * classes));
      const heard = { windows: there.length, classes, values: kept };
      const truth = there.map((i) => labels[i]!);
      return [name, there.length === 0 ? 1 : bestTemperature(heard, truth)];
    }),
  );
  const [first] = Object.values(alone);
  const fitted = new Set(first?.windows ?? []);
  const people = apart === "subjects" ? [...new Set(first?.subjects ?? [])] : [];
  return {
    temperatures,
    probabilities({ alone: asked, presence: measured }, present) {
      const answers = names.map((name) => asked[name]!);
      answers.forEach((each) => refuse("fitModalityTemperature", each, fitted, people));
      const { windows, classes } = answers[0]!.logits;
      const fused = new Float64Array(windows * classes);
      for (let i = 0; i < windows; i++) {
        const heard = names.flatMap((name, m) =>
          present.includes(name) && measured[i * names.length + m] === 1 ? [m] : [],
        );
        for (const m of heard)
          for (let k = 0; k < classes; k++)
            fused[i * classes + k]! +=
              answers[m]!.logits.values[i * classes + k]! / temperatures[names[m]!]! / heard.length;
      }
      return probabilitiesOf({ windows, classes, values: fused });
    },
  };
}
