/** Sound files of plain samples: RIFF WAVE, read and written. The libraries for it have rested since 2020. */

export interface Sound {
  readonly rateHz: number;
  /** [sample], −1 to 1; the mean of all channels. */
  readonly samples: Float32Array;
}

/** @param who opens every error: "readEav: 002_Trial_01_Speaking_Neutral_aud.wav" */
export function readWav(bytes: Uint8Array, who: string): Sound {
  const remedy = "convert it to PCM of 16 bits";
  const fail = (expected: string, got: string): Error =>
    new Error(`${who}: expected ${expected}, got ${got}; ${remedy}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || word(0) !== "RIFF" || word(8) !== "WAVE")
    throw fail("a RIFF WAVE file", bytes.length < 12 ? `${bytes.length} bytes` : `"${word(0)} ${word(8)}"`);
  let format: { kind: number; channels: number; rateHz: number; bits: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (word(at) === "fmt ")
      format = {
        // 0xfffe: the kind stands in the first word of the sub-format
        kind:
          view.getUint16(start, true) === 0xfffe
            ? view.getUint16(start + 24, true)
            : view.getUint16(start, true),
        channels: view.getUint16(start + 2, true),
        rateHz: view.getUint32(start + 4, true),
        bits: view.getUint16(start + 14, true),
      };
    if (word(at) === "data") {
      if (!format) throw fail("a format before the data", "none");
      const { kind, channels, rateHz, bits } = format;
      const read = sampleReaders[`${kind}:${bits}`];
      if (!read)
        throw fail(`one of [${Object.keys(sampleReaders).join(", ")}] (kind:bits)`, `${kind}:${bits}`);
      const width = bits / 8;
      const count = Math.floor(Math.min(size, bytes.length - start) / (width * channels));
      const samples = new Float32Array(count);
      for (let i = 0; i < count; i++) {
        let sum = 0;
        for (let c = 0; c < channels; c++) sum += read(view, start + (i * channels + c) * width);
        samples[i] = sum / channels;
      }
      return { rateHz, samples };
    }
    at = start + size + (size % 2);
  }
  throw fail("a part named data", "none");
}

/** By kind (1 whole numbers, 3 floats) and bits. */
const sampleReaders: Readonly<Record<string, (view: DataView, at: number) => number>> = {
  "1:8": (view, at) => (view.getUint8(at) - 128) / 128,
  "1:16": (view, at) => view.getInt16(at, true) / 32768,
  "1:24": (view, at) => (view.getInt8(at + 2) * 65536 + view.getUint16(at, true)) / 8388608,
  "1:32": (view, at) => view.getInt32(at, true) / 2147483648,
  "3:32": (view, at) => view.getFloat32(at, true),
};

/** One channel, 16 bits; louder than 1 is cut off. */
export function wavBytes({ rateHz, samples }: Sound): Uint8Array {
  const bytes = new Uint8Array(44 + 2 * samples.length);
  const view = new DataView(bytes.buffer);
  const word = (at: number, text: string): void => bytes.set(Buffer.from(text, "latin1"), at);
  word(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  word(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // whole numbers
  view.setUint16(22, 1, true); // channel
  view.setUint32(24, rateHz, true);
  view.setUint32(28, 2 * rateHz, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, "data");
  view.setUint32(40, 2 * samples.length, true);
  samples.forEach((x, i) =>
    view.setInt16(44 + 2 * i, Math.max(-32768, Math.min(32767, Math.round(32768 * x))), true),
  );
  return bytes;
}
