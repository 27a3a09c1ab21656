/** The library's half of `npm run bench -- grid`: a process of one thread that trains its folds of the grid. */
import * as tf from "@tensorflow/tfjs";
import { startEngine } from "fusion";
import { encoders } from "fusion/dist/encoders/registry";
import { earlyFusion } from "fusion/dist/fusion/early";
import { hybridFusion } from "fusion/dist/fusion/hybrid";
import { decide } from "fusion/dist/train/evaluate";
import { fit } from "fusion/dist/train/fit";
import type { TrainingOptions } from "fusion/dist/train/options";
import { labelsOf } from "fusion/dist/train/labels";
import { predictor } from "fusion/dist/train/predict";
import { grid, gridFold, type GridRun, readGridWindows } from "./grid-problem";

const builders = { early: earlyFusion, hybrid: hybridFusion } as const;

async function main(folder: string, folds: readonly number[]): Promise<void> {
  await startEngine({ threads: 1 });
  const windows = readGridWindows(folder);
  const { classes, dim, hidden, heads, dropout, time, channels } = grid;
  const modalities = grid.sensors.map((name) => ({ name, time, channels }));
  for (const held of folds)
    for (const encoder of grid.encoders)
      for (const fusion of grid.fusions) {
        const [begun, busy] = [performance.now(), process.cpuUsage()];
        const fold = gridFold(windows, held);
        const shape = { modalities, classes, dim, hidden, heads, dropout, seed: 1 };
        const model = builders[fusion]({ ...shape, encoder: encoders[encoder].build });
        const { epochs, batchSize, learningRate, minimumLearningRate, warmupSteps, weightDecay, clipNorm } =
          grid;
        const options: TrainingOptions = {
          ...{ epochs, batchSize, learningRate, minimumLearningRate, warmupSteps, weightDecay, clipNorm },
          ...{ labelSmoothing: 0, patience: null, modalityDropout: 0, jitter: 0, noise: 0 },
          classWeights: "none",
        };
        const { scaler, history } = await fit({ model, windows, fold, options, seed: 1 });
        const predict = predictor(model, scaler);
        const answers = decide(await predict(windows, fold.test));
        const truth = labelsOf(windows, fold.test);
        const parameters = model.trainableWeights.reduce(
          (sum, weight) => sum + tf.util.sizeFromShape(weight.shape as number[]),
          0,
        );
        const right = answers.filter((answer, i) => answer === truth[i]).length;
        const { user, system } = process.cpuUsage(busy);
        const run: GridRun = {
          ...{ encoder, fusion, fold: held, parameters, loss: history.at(-1)!.trainLoss },
          ...{ accuracy: right / truth.length, seconds: (performance.now() - begun) / 1000 },
          processorSeconds: (user + system) / 1e6,
        };
        console.log(JSON.stringify(run));
        predict.dispose();
        model.dispose();
      }
}

main(process.argv[2]!, process.argv.slice(3).map(Number)).then(
  () => process.exit(0), // an engine's threads must not keep the process
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
