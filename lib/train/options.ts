/** How a model is trained: plain data, part of a preset. */
import { z } from "zod";

export const TrainingOptions = z.strictObject({
  epochs: z.int().positive(),
  batchSize: z.int().positive(),
  learningRate: z.number().positive(),
  /** Of the last step. */
  minimumLearningRate: z.number().min(0),
  warmupSteps: z.int().min(0),
  weightDecay: z.number().min(0),
  /** Largest global norm of the gradients. */
  clipNorm: z.number().positive(),
  labelSmoothing: z.number().min(0).max(0.5),
  classWeights: z.enum(["none", "balanced"]),
  /** Epochs without a better loss on the windows for stopping, after which training ends; null trains all epochs. */
  patience: z.int().positive().nullable(),
  /** Chance of removing a whole modality, data and all, from a training window; one always remains. */
  modalityDropout: z.number().min(0).max(1),
  /** Largest shift in time, as a share of the window; what is shifted out is gone, what comes in is invalid. */
  jitter: z.number().min(0).max(0.5),
  /** Deviation of Gaussian noise on scaled values. */
  noise: z.number().min(0),
});
export type TrainingOptions = Readonly<z.infer<typeof TrainingOptions>>;
