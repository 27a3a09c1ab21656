/** How each method is trained, by the name that a preset gives it. */
import type { Preset } from "./preset";
import { trainForest } from "./train-forest";
import { trainLogistic } from "./train-logistic";
import { trainMajority } from "./train-majority";
import { trainNetwork } from "./train-network";
import { trainStatisticsMlp } from "./train-statistics-mlp";
import type { Method, Trainer } from "./trained-model";

export const trainers = {
  network: trainNetwork,
  majority: trainMajority,
  logistic: trainLogistic,
  forest: trainForest,
  mlp: trainStatisticsMlp,
} as const satisfies { readonly [M in Method]: Trainer<M> };

export const methodOf = (preset: Preset): Method => ("fusion" in preset ? "network" : preset.classifier);
