/** The gradient of the rectifier in one pass on the native engines, where tfjs-node composes it of eight. */
import * as tf from "@tensorflow/tfjs";
import { nativeBackend } from "./native-backend";

/** dx = dy where x > 0, else 0: TensorFlow's own operation. On WASM tfjs's gradient stays. */
export function registerReluGradient(): void {
  const stock = tf.getGradient("Relu");
  const types = [{ name: "T", type: 4, value: 1 }];
  tf.registerGradient({
    ...stock,
    gradFunc(dy, saved, attrs) {
      const backend = nativeBackend();
      const [x] = saved;
      if (!backend || x?.dtype !== "float32") return stock.gradFunc(dy, saved, attrs);
      return { x: () => backend.executeSingleOutput("ReluGrad", types, [dy as tf.Tensor, x]) };
    },
  });
}
