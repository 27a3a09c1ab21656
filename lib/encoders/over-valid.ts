/** The layer around a recurrence over valid steps. */
import * as tf from "@tensorflow/tfjs";
import { lastValid, putBack, reverseValid, validFirst } from "./valid-first";

const operations = { lastValid, putBack, reverseValid, validFirst } as const;

/** One of the functions of valid-first.ts, on [series, validity]. */
export class OverValid extends tf.layers.Layer {
  static readonly className = "OverValid";
  private readonly operation: keyof typeof operations;

  constructor(config: { readonly operation: keyof typeof operations; readonly name: string }) {
    super(config);
    this.operation = config.operation;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [series, validity] = inputs as [tf.Tensor3D, tf.Tensor2D];
    return operations[this.operation](series, validity);
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    const [batch, time, channels] = shapes[0]!;
    return this.operation === "lastValid" ? [batch!, channels!] : [batch!, time!, channels!];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), operation: this.operation };
  }
}

tf.serialization.registerClass(OverValid);
