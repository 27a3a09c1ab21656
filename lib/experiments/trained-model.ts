/** What training leaves behind, whatever the method: whoever scores it asks `predict` and nothing else. */
import type * as tf from "@tensorflow/tfjs";
import type { Scaler } from "../data/scaler";
import type { Fitted, FitRequest } from "../train/fit";
import type { Predictor } from "../train/predict";
import type { Preset } from "./preset";
import type { RunRequest } from "./run-key";

export interface TrainedModel extends Pick<Fitted, "history" | "bestEpoch"> {
  /** Logits of windows. */
  readonly predict: Predictor;
  /** Only of presets with a fusion. */
  readonly network?: tf.LayersModel;
  readonly scaler: Scaler;
  readonly parameters: number;
  dispose(): void;
}

export type TrainingContext = Pick<FitRequest, "checkpoints" | "signal" | "progress">;

export type NetworkPreset = Extract<Preset, { readonly fusion: unknown }>;
export type Classifier = Extract<Preset, { readonly classifier: unknown }>["classifier"];

/** "network", or a classifier of window statistics. */
export type Method = "network" | Classifier;

type PresetOf<M extends Method> = M extends "network"
  ? NetworkPreset
  : Extract<Preset, { readonly classifier: M }>;

export type TrainRequest<P> = Pick<RunRequest, "windows" | "fold" | "seed"> & { readonly preset: P };

type Possibly<T> = T | undefined;

/** @returns undefined where the signal asked to stop */
export type Trainer<M extends Method> = (
  request: TrainRequest<PresetOf<M>>,
  classes: number,
  context: TrainingContext,
) => Possibly<TrainedModel> | Promise<Possibly<TrainedModel>>;
