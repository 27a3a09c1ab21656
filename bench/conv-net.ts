/** The network that steps are timed with: 3 × [conv1d 64, batch norm, ReLU, max pool] of stock layers, a dense head, AdamW. */
import * as tf from "@tensorflow/tfjs";
import { jit, type Step } from "fusion";
import { adamW } from "fusion/dist/train/adamw";
import { crossEntropy } from "fusion/dist/train/cross-entropy";
import { weightsOf } from "fusion/dist/train/tensors";
import type { Steps } from "./torch";

const [time, channels, classes, filters, blocks] = [100, 17, 12, 64, 3];

/**
 * Multiplications and additions of one window's forward and backward pass: twice for each product, three products for
 * each convolution (output, input's gradient, filter's gradient); the first layer's input needs no gradient.
 */
export function productFlops(): number {
  let [flops, length, depth] = [0, time, channels];
  for (let block = 0; block < blocks; block++) {
    flops += (block === 0 ? 2 : 3) * 2 * length * 5 * depth * filters;
    [length, depth] = [Math.floor(length / 2), filters];
  }
  return flops + 3 * 2 * length * filters * classes;
}

export interface Way {
  /** Runs n steps, one after the other, reading each loss as a training loop does. */
  go(steps: number): Steps | Promise<Steps>;
}

function network() {
  const model = tf.sequential();
  for (let block = 0; block < blocks; block++) {
    const kernelInitializer = tf.initializers.heNormal({ seed: block + 1 });
    model.add(
      tf.layers.conv1d({
        ...{ filters, kernelSize: 5, padding: "same", kernelInitializer },
        ...(block === 0 && { inputShape: [time, channels] }),
      }),
    );
    model.add(tf.layers.batchNormalization({ epsilon: 1e-5, momentum: 0.9 }));
    model.add(tf.layers.reLU());
    model.add(tf.layers.maxPooling1d({ poolSize: 2 }));
  }
  model.add(tf.layers.flatten());
  model.add(
    tf.layers.dense({ units: classes, kernelInitializer: tf.initializers.glorotUniform({ seed: 9 }) }),
  );
  const { trained, all } = weightsOf(model);
  const optimiser = adamW(trained, { weightDecay: 1e-2 });
  const step: Step = ({ x, y, rate }) => {
    const { value, grads } = tf.variableGrads(
      () => crossEntropy(model.apply(x!, { training: true }) as tf.Tensor2D, y as tf.Tensor2D),
      trained,
    );
    optimiser.update(grads, rate as tf.Scalar);
    return { loss: value };
  };
  return { step, variables: [...all, ...optimiser.slots] };
}

/** The same network, data and number of steps, eagerly or compiled. */
export function ours(batch: number, compiled: boolean): Way & { readonly firstSeconds: number } {
  const { step, variables } = network();
  const run = compiled ? jit("bench", step, variables) : (x: tf.NamedTensorMap) => tf.tidy(() => step(x));
  const inputs = {
    x: tf.randomNormal([batch, time, channels], 0, 1, "float32", 1),
    y: tf
      .oneHot(
        Array.from({ length: batch }, (_, i) => i % classes),
        classes,
      )
      .cast("float32"),
    rate: tf.scalar(1e-3),
  };
  const go = (steps: number): Steps => {
    const [start, busy] = [performance.now(), process.cpuUsage()];
    let loss = NaN;
    for (let i = 0; i < steps; i++) {
      const outputs = run(inputs);
      loss = outputs["loss"]!.dataSync()[0]!;
      tf.dispose(outputs);
    }
    const { user, system } = process.cpuUsage(busy);
    return { milliseconds: performance.now() - start, processor: (user + system) / 1000, loss };
  };
  return { go, firstSeconds: go(1).milliseconds / 1000 };
}
