/** CMU-MOSI: what people say about films, utterance by utterance, as features of words, voice and face. */
import { join } from "node:path";
import { type CsvTable, findCsv, readCsv } from "./csv-table";
import { featuresNamed } from "./one-row";
import type { Recording, Vector } from "./recording";

export const cmuMosiModalities = ["text", "audio", "video"] as const;
const parts = ["train", "test"] as const;
const who = "readCmuMosi";

interface Utterance {
  readonly video: string;
  readonly part: (typeof parts)[number];
  /** Of the video's utterances. */
  readonly number: number;
  /** Of the part's files. */
  readonly line: number;
  readonly target: number;
}

/**
 * One recording for each video, whose session is the part of the given split, "train" or "test". The clock counts utterances, and
 * each is a segment. All of it was computed by others: text and video are activations of networks that were fitted on the labels
 * of the training part, so that training looks easier than it is, and testing does not.
 *
 * @param folder with transcripts, text_train, text_test and the folders text, audio and video
 * @throws naming the file and the line, and what to do
 */
export async function readCmuMosi(folder: string): Promise<Recording[]> {
  const transcripts = readCsv(who, findCsv(who, folder, "transcripts"), false);
  const recordings = parts.flatMap((part) => {
    const tables = cmuMosiModalities.map((name) => ({
      name,
      table: readCsv(who, findCsv(who, join(folder, name), `${name}_${part}0`), false),
    }));
    const utterances = utterancesOf(part, folder, transcripts, tables.map(({ table }) => table));
    const videos = [...new Set(utterances.map(({ video }) => video))];
    return videos.map((video) => recordingOf(video, part, utterances.filter((u) => u.video === video), tables));
  });
  const both = recordings.find(({ subject, session }) =>
    recordings.some((other) => other.subject === subject && other.session !== session),
  );
  if (both)
    throw new Error(`${who}: ${folder}: expected each video in one part, got ${both.subject} in both; get the files again`);
  return recordings;
}

/** The lines of a part, by video and number. */
function utterancesOf(
  part: Utterance["part"],
  folder: string,
  transcripts: CsvTable,
  tables: readonly CsvTable[],
): Utterance[] {
  const index = readCsv(who, findCsv(who, folder, `text_${part}`), false);
  for (const { lines, error } of tables)
    if (lines.length !== index.lines.length)
      throw error(Math.min(lines.length, index.lines.length), `${index.lines.length} lines, as in text_${part}`, `${lines.length}`);
  return index.lines
    .map((_, line): Utterance => {
      const row = index.number(line, 0);
      const [name, , , said] = transcripts.lines[row] ?? [];
      const [, video, number] = /^(.+)_(\d+)$/.exec(name ?? "") ?? [];
      if (!video) throw index.error(line, `the number of a line of transcripts, from 0`, `"${index.lines[line]![0]}"`);
      for (const { lines, error } of tables)
        if (Number(lines[line]!.at(-1)) !== Number(said))
          throw error(line, `the label of ${name}, ${said}`, `"${lines[line]!.at(-1)}"`);
      return { video, part, number: Number(number), line, target: Number(said) };
    })
    .sort((a, b) => a.number - b.number);
}

function recordingOf(
  subject: string,
  session: string,
  utterances: readonly Utterance[],
  tables: readonly { readonly name: string; readonly table: CsvTable }[],
): Recording {
  const seconds = Float64Array.from(utterances, ({ number }) => number);
  const modalities = Object.fromEntries(
    tables.map(({ name, table }): [string, Vector] => {
      const width = table.lines[0]!.length - 1; // the last is the label
      const values = utterances.flatMap(({ line }) => Array.from({ length: width }, (_, f) => table.number(line, f)));
      const features = featuresNamed(Array.from({ length: width }, (_, f) => `${name} ${f + 1}`));
      return [name, { kind: "vector", features, seconds, values: Float32Array.from(values) }];
    }),
  );
  return {
    ...{ dataset: "cmu-mosi", subject, session, modalities },
    space: { kind: "class", classes: ["negative", "positive"] },
    segments: utterances.map(({ number, target }) => ({ startSeconds: number, endSeconds: number + 1, target: [target] })),
  };
}
