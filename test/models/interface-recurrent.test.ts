/** The assignment's interface tests of recurrent sequence encoders, by their names: shapes and no NaN. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import type { EncoderFactory } from "fusion/dist/encoders/encoder";
import { gruEncoder, lstmEncoder } from "fusion/dist/encoders/recurrent";
import { gruPublished, lstmPublished } from "fusion/dist/encoders/recurrent-published";

const [time, channels, dim] = [100, 64, 64];

function encode(build: EncoderFactory, validity: number[][]): tf.Tensor {
  const inputs = [tf.input({ shape: [time, channels] }), tf.input({ shape: [time] })] as const;
  const { pooled } = build({ modality: "imu", time, channels, dim, seed: 1 })(...inputs);
  const model = tf.model({ inputs: [...inputs], outputs: pooled });
  const values = tf.randomNormal([validity.length, time, channels], 0, 1, "float32", 1);
  return model.predict([values, tf.tensor2d(validity)]) as tf.Tensor;
}

const steps = (length: number): number[] => Array.from({ length: time }, (_, t) => (t < length ? 1 : 0));
const whole = [time, time, time, time].map(steps);
const published = { hidden: 128, layers: 2, dropout: 0.1 };

for (const [variant, lstm, gru] of [
  ["corrected", lstmEncoder({ layers: 2, dropout: 0.1 }), gruEncoder({ layers: 2, dropout: 0.1 })],
  ["published", lstmPublished(published), gruPublished(published)],
] as const)
  describe(`TestSequenceEncoder, ${variant}`, () => {
    for (const [title, build] of [
      ["test_lstm_encoder_shape", lstm],
      ["test_gru_encoder_shape", gru],
    ] as const)
      test(title, () => {
        const y = encode(build, whole);
        assert.deepEqual(y.shape, [4, dim]);
        assert.ok(y.dataSync().every(Number.isFinite));
      });

    test("test_variable_length_sequences", () => {
      const y = encode(lstm, [80, 60].map(steps));
      assert.deepEqual(y.shape, [2, dim]);
      assert.ok(y.dataSync().every(Number.isFinite));
    });
  });
