/** One factory for every encoder, by its name; and the name that the assignment gives to a kind of modality. */
import type { Encoder, EncoderShape } from "./encoder";
import { type EncoderName, encoders } from "./registry";
import type { VectorEncoder, VectorShape } from "./vector-encoder";
import { type VectorEncoderName, vectorEncoders } from "./vector-registry";

/**
 * @throws naming the names there are
 */
export function buildEncoder(name: EncoderName, shape: EncoderShape): Encoder;
export function buildEncoder(name: VectorEncoderName, shape: VectorShape): VectorEncoder;
export function buildEncoder(
  name: EncoderName | VectorEncoderName,
  shape: EncoderShape | VectorShape,
): Encoder | VectorEncoder {
  if (name in encoders && "channels" in shape) return encoders[name as EncoderName].build(shape);
  if (name in vectorEncoders && "features" in shape)
    return vectorEncoders[name as VectorEncoderName].build(shape);
  const [kind, known] =
    "channels" in shape ? ["sequences", encoders] : (["vectors", vectorEncoders] as const);
  throw new Error(
    `buildEncoder: ${shape.modality}: expected an encoder of ${kind}, one of [${Object.keys(known).join(", ")}], got "${name}"; choose one of them`,
  );
}

/**
 * Published rule of `build_encoder`: video and frames are pooled frames, everything else is a sequence. Vectors, which
 * its last branch was meant for and never reached, are told by their track.
 *
 * @param kind of the modality's track
 */
export function encoderNameFor(
  modality: string,
  kind: "sequence" | "vector",
): EncoderName | VectorEncoderName {
  if (kind === "vector") return "mlp";
  return modality === "video" || modality === "frames" ? "frame" : "conv";
}
