/** Models as standard tfjs files, on every engine: model.json and weights.bin. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";

/** Writes `<folder>/model.json` and `weights.bin`, whole or not at all; any tfjs loads them. */
export async function saveModel(model: tf.LayersModel, folder: string): Promise<void> {
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      const { weightData, weightSpecs, ...topology } = artifacts;
      const bytes = tf.io.CompositeArrayBuffer.join(weightData);
      writeFileSync(join(part, "weights.bin"), Buffer.from(bytes));
      const weightsManifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
      writeFileSync(join(part, "model.json"), JSON.stringify({ ...topology, weightsManifest }));
      return Promise.resolve({ modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) });
    }),
  );
  rmSync(folder, { recursive: true, force: true });
  renameSync(part, folder);
}

/** @throws naming the file that is missing */
export async function loadModel(folder: string): Promise<tf.LayersModel> {
  for (const name of ["model.json", "weights.bin"])
    if (!existsSync(join(folder, name)))
      throw new Error(`loadModel: expected ${name} in ${folder}, got none; save the model there first`);
  const json = JSON.parse(readFileSync(join(folder, "model.json"), "utf8")) as tf.io.ModelJSON;
  const weights = readFileSync(join(folder, "weights.bin"));
  const expected = json.weightsManifest.flatMap((group) => group.weights);
  const weightData = weights.buffer.slice(
    weights.byteOffset,
    weights.byteOffset + weights.byteLength,
  ) as ArrayBuffer;
  return tf.loadLayersModel(
    tf.io.fromMemory({ modelTopology: json.modelTopology, weightSpecs: expected, weightData }),
  );
}
