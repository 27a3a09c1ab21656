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
  /**
   * Whose weights are kept: those of the epoch with the least loss on the windows for stopping (unless told), or the
   * last's: one person's windows choose epochs badly, and a decayed learning rate has come to rest.
   */
  keep: z.enum(["best", "last"]).optional(),
  /** Chance of removing a whole modality, data and all, from a training window; one always remains. */
  modalityDropout: z.number().min(0).max(1),
  /** Largest shift in time, as a share of the window; what is shifted out is gone, what comes in is invalid. */
  jitter: z.number().min(0).max(0.5),
  /** Deviation of Gaussian noise on scaled values. */
  noise: z.number().min(0),
  /** How motions may differ from person to person; see `changeMotion`. Nothing where not given. */
  motion: z
    .strictObject({
      turn: z.number().min(0).optional(),
      gain: z.number().min(0).optional(),
      speed: z.number().min(0).max(0.9).optional(),
    })
    .optional(),
});
export type TrainingOptions = Readonly<z.infer<typeof TrainingOptions>>;
