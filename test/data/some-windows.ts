/** Random little data sets for properties: subjects with a few segments of a few classes, gaps between them. */
import fc from "fast-check";
import { cutWindows } from "fusion/dist/data/cut-windows";
import type { Windows } from "fusion/dist/data/windows";
import { recording, sequence } from "./tiny";

const segment = fc.record({ length: fc.integer({ min: 1, max: 30 }), gap: fc.integer({ min: 0, max: 4 }), id: fc.integer({ min: 0, max: 2 }) });

/** 4 to 6 subjects; 3 classes, of which each subject has all in its first three segments; two modalities, the second not worn by all. */
export const someWindows: fc.Arbitrary<Windows> = fc
  .record({
    subjects: fc.array(fc.array(segment, { maxLength: 4 }), { minLength: 4, maxLength: 6 }),
    lengthSeconds: fc.integer({ min: 1, max: 5 }),
    strideSeconds: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ subjects, lengthSeconds, strideSeconds }) =>
    cutWindows(
      subjects.map((extra, s) => {
        let at = 0;
        const first = [0, 1, 2].map((id) => ({ length: 12, gap: 1, id }));
        const segments = [...first, ...extra].map(
          ({ length, gap, id }) => [at + gap, (at += gap + length), id] as const,
        );
        const a = sequence(Array.from({ length: at }, (_, i) => i), 1);
        const b = sequence(Array.from({ length: 2 * at }, (_, i) => -i), 2);
        return recording(`s${s}`, segments, { modalities: s === 1 ? { a } : { a, b } });
      }),
      { lengthSeconds, strideSeconds },
    ),
  );

/** Do two windows hold a common sample? By comparing every sample of the one with every sample of the other. */
export function shareSample(windows: Windows, i: number, j: number): boolean {
  return windows.names.some((name) => {
    const track = windows.tracks[name]!;
    const [a, b] = [track.offset[i]!, track.offset[j]!];
    if (a < 0 || b < 0) return false;
    const time = track.kind === "sequence" ? track.time : 1;
    for (let k = 0; k < time; k++) for (let l = 0; l < time; l++) if (a + k === b + l) return true;
    return false;
  });
}

/** The same question asked of time alone. */
export function shareTime(windows: Windows, i: number, j: number): boolean {
  return (
    windows.segment[i] === windows.segment[j] &&
    Math.abs(windows.startSeconds[i]! - windows.startSeconds[j]!) < windows.lengthSeconds
  );
}
